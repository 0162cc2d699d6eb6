package org.cotangent.metatensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.cotangent.metatensor.MetatensorException;

/** All members of a ZIP archive, for formats that keep several small files in one. */
public final class ZipMembers {
  private ZipMembers() {}

  /**
   * Returns the content of each member by name.
   *
   * @throws MetatensorException if the archive is cut off, or a member is damaged
   */
  public static SequencedMap<String, byte[]> read(byte[] archive) {
    ZipReader zip = new ZipReader(MemorySegment.ofArray(archive));
    SequencedMap<String, byte[]> members = new TreeMap<>();
    for (ZipMember member : zip.startingWith("").values()) {
      members.put(member.name(), zip.content(member).toArray(JAVA_BYTE));
    }
    return Collections.unmodifiableSequencedMap(members);
  }
}
