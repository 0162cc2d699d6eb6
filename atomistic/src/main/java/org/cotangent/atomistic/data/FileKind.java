package org.cotangent.atomistic.data;

import java.io.IOException;
import java.nio.file.Path;
import org.cotangent.atomistic.io.ArrayNames;
import org.cotangent.atomistic.io.DeepmdReader;
import org.cotangent.atomistic.io.DiskDatasetReader;
import org.cotangent.atomistic.io.FrameFiles;
import org.cotangent.atomistic.io.FrameReader;
import org.cotangent.atomistic.io.Hdf5Reader;
import org.cotangent.atomistic.io.NpzReader;
import org.cotangent.atomistic.io.XyzReader;

/** The kinds of files of structures, for who does not leave it to the content to tell. */
public enum FileKind {
  /** Extended XYZ. */
  XYZ,
  /** The same, as ASE calls it. */
  EXTXYZ,
  /** NumPy archives. */
  NPZ,
  /** HDF5. */
  HDF5,
  /** Folders of DeePMD-kit. */
  DEEPMD,
  /** Archives of metatrain. */
  DISK,
  /** As in metatrain's options: what is read with ASE there; here, the content decides. */
  ASE,
  /** As in metatrain's options: systems and archives of metatensor; the content decides. */
  METATENSOR;

  /** Opens a file of this kind. */
  FrameReader open(Path path, ArrayNames names) throws IOException {
    return switch (this) {
      case XYZ, EXTXYZ -> new XyzReader(path);
      case NPZ -> new NpzReader(path, names);
      case HDF5 -> new Hdf5Reader(path, names);
      case DEEPMD -> new DeepmdReader(path, names);
      case DISK -> new DiskDatasetReader(path);
      case ASE, METATENSOR -> FrameFiles.open(path, names);
    };
  }
}
