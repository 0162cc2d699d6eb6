package org.cotangent.metatensor.io;

/**
 * One member of a ZIP archive whose place and sizes have been checked.
 *
 * @param name its name
 * @param method how it is stored, see {@link ZipFormat}
 * @param flags the general purpose bits
 * @param crc the CRC-32 of the content
 * @param compressedSize the bytes that it takes in the file
 * @param size the bytes of its content
 * @param dataOffset where its bytes start in the file
 */
record ZipMember(
    String name,
    int method,
    int flags,
    long crc,
    long compressedSize,
    long size,
    long dataOffset) {}
