package org.cotangent.metatensor.io;

/**
 * Numbers of the ZIP format that reading and writing share. Source: PKWARE APPNOTE.TXT 6.3.10,
 * sections 4.3 and 4.5.3.
 */
final class ZipFormat {
  static final int LOCAL_HEADER = 0x04034b50;
  static final int CENTRAL_HEADER = 0x02014b50;
  static final int END = 0x06054b50;
  static final int ZIP64_END = 0x06064b50;
  static final int ZIP64_LOCATOR = 0x07064b50;

  static final int LOCAL_HEADER_SIZE = 30;
  static final int CENTRAL_HEADER_SIZE = 46;
  static final int END_SIZE = 22;
  static final int ZIP64_END_SIZE = 56;
  static final int ZIP64_LOCATOR_SIZE = 20;

  /** The id of the extra field with 64-bit sizes and offset. */
  static final int ZIP64_EXTRA = 0x0001;

  static final int ENCRYPTED = 1;
  static final int DATA_DESCRIPTOR = 1 << 3;
  static final int UTF8_NAME = 1 << 11;

  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** Stands in a 16-bit field for "see the 64-bit one". */
  static final int MAX_16 = 0xFFFF;

  /** Stands in a 32-bit field for "see the 64-bit one". */
  static final long MAX_32 = 0xFFFFFFFFL;

  private ZipFormat() {}
}
