package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.cotangent.atomistic.Peers;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.DerivativeTarget;
import org.cotangent.atomistic.data.EnergyTarget;
import org.cotangent.atomistic.data.LabelledSystems;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HDF5 files as h5py, the HDF5 library behind it, and the programs that make data sets write them:
 * chunks, compression, byte orders, texts of fixed and of any length, and what may lie beside the
 * frames. All hold the same twelve frames of five atoms.
 */
class Hdf5PeerTest {
  private static final double BOHR = 0.5291772105448199;
  private static final double HARTREE = 27.211386245981;

  private static final String PROGRAM =
      """
      import os
      os.chdir(sys.argv[1])
      N, A = 12, 5
      z = np.array([6, 1, 1, 1, 8])
      R = np.arange(N * A * 3).reshape(N, A, 3) / 4
      E = -40.0 - np.arange(N)
      F = R - 3
      def write(name, R=R, E=E, F=F, z=z, **options):
          with h5py.File(name + '.h5', 'w') as h:
              for key, a in dict(z=z, R=R, E=E, F=F).items():
                  h.create_dataset(key, data=a, **options)
      def beside(name, libver=None):
          h = h5py.File(name + '.h5', 'w', libver=libver)
          h['z'] = z; h['R'] = R; h['E'] = E; h['F'] = F
          return h
      write('contiguous')
      write('gzip', compression='gzip', shuffle=True)
      write('lzf', compression='lzf')
      write('checksums', chunks=True, fletcher32=True)
      write('big-endian', R.astype('>f8'), E.astype('>f8'), F.astype('>f4'), z.astype('>i4'))
      write('half', R.astype('f2'), E, F.astype('f2'), z.astype('u1'))
      write('unsigned', z=z.astype('u8'))
      write('whole-numbers', (4 * R).astype('i4'))
      for version in 'v108', 'v110', 'v114':
          with h5py.File(version + '.h5', 'w', libver=(version, version)) as h:
              h['z'] = z
              h.create_dataset('R', data=R, chunks=(5, 2, 3), maxshape=(None, 5, 3), compression='gzip')
              h.create_dataset('E', data=E, chunks=(5,), maxshape=(None,))
              h.create_dataset('F', data=F, chunks=(7, 5, 2))
      symbols = [b'C', b'H', b'H', b'H', b'O']
      write('fixed-texts', z=np.array(symbols))
      with beside('any-texts') as h:
          del h['z']
          h.create_dataset('species', data=symbols, dtype=h5py.string_dtype())
          h.create_dataset('name', data=['méthane %d' % k for k in range(N)], dtype=h5py.string_dtype())
      with beside('links') as h:
          h['real_energy'] = E; del h['E']; h['E'] = h5py.SoftLink('/real_energy')
          h['broken'] = h5py.SoftLink('/nothing'); h['elsewhere'] = h5py.ExternalLink('no.h5', '/x')
      with beside('extras') as h:
          h['compound'] = np.zeros(N, dtype=[('a', 'f8'), ('b', 'i4')])
          h['complex'] = np.zeros(N, 'c16'); h['reference'] = h['z'].ref; h['flags'] = np.array([True, False] * 6)
          h['empty'] = h5py.Empty('f4'); h['nothing'] = np.zeros((0, 3)); h['steps'] = np.arange(N, dtype='u8')
          h['long'] = E.astype('longdouble'); h['colors'] = np.array([1, 2] * 6, h5py.enum_dtype({'RED': 1, 'BLUE': 2}))
          h.create_dataset('rows', (3,), dtype=h5py.vlen_dtype(np.int32))
          h.create_dataset('packed', data=np.arange(N), chunks=(N,), scaleoffset=0)
      with beside('records-as-energy') as h:
          del h['E']; h['E'] = np.zeros(N, dtype=[('a', 'f8'), ('b', 'i4')])
      with beside('packed-forces') as h:
          del h['F']; h.create_dataset('F', data=F, chunks=F.shape, scaleoffset=3)
      with h5py.File('ani.h5', 'w') as h:
          for k in range(3):
              g = h.create_group('gdb11_s01').create_group('%d' % k) if k == 0 else h['gdb11_s01'].create_group('%d' % k)
              part = slice(4 * k, 4 * k + 4)
              g['coordinates'] = R[part].astype('f4'); g['species'] = np.array(symbols)
              g.create_dataset('coordinatesHE', data=R[:3], compression='gzip'); g['energiesHE'] = E[:3]
              g['energies'] = E[part]; g['smiles'] = np.array([b'[', b'H', b']'])
              g['wb97x_dz.forces'] = F[part].astype('f4')
              c = E[part].copy(); c[1] = np.nan
              g.create_dataset('ccsd(t)_cbs.energy', data=c, compression='gzip')
      with h5py.File('spice.h5', 'w') as h:
          g = h.create_group('103147721')
          g.create_dataset('subset', data=['SPICE PubChem Set 1'], dtype=h5py.string_dtype())
          g['atomic_numbers'] = z.astype('i2')
          for name, a, unit in (('conformations', R.astype('f4'), 'bohr'), ('dft_total_energy', E, 'hartree'),
                                ('dft_total_gradient', -F.astype('f4'), 'hartree/bohr'),
                                ('mbis_charges', R[:, :, :1], 'elementary_charge')):
              g.create_dataset(name, data=a, compression='gzip').attrs['units'] = unit
      with h5py.File('square.h5', 'w') as h:
          h['z'] = np.full(600, 6); h['E'] = np.arange(600.0); h['cell'] = np.eye(3); h['species_name'] = [b'C'] * 600
          h.create_dataset('R', data=np.arange(600)[:, None, None] + np.zeros((1, 600, 3)), compression='gzip')
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws Exception {
    Peers.python(folder, "import sys, h5py, numpy as np", PROGRAM, folder);
  }

  private static Path file(String name) {
    return folder.resolve(name + ".h5");
  }

  private static void check(List<Frame> frames, DoubleUnaryOperator position, String forces) {
    assertEquals(12, frames.size());
    for (int k = 0; k < 12; k++) {
      Frame frame = frames.get(k);
      assertArrayEquals(new int[] {6, 1, 1, 1, 8}, frame.system().types());
      for (int i = 0; i < 15; i++) {
        double value = (15 * k + i) / 4.0;
        assertEquals(position.applyAsDouble(value), frame.system().positions().at(i), 1e-5);
        assertEquals(value - 3, frame.forces(forces).at(i));
      }
      assertEquals(-40.0 - k, frame.energy("energy"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contiguous",
        "gzip",
        "lzf",
        "checksums",
        "big-endian",
        "half",
        "unsigned",
        "v108",
        "v110",
        "v114",
        "fixed-texts",
        "any-texts",
        "links",
        "extras"
      })
  void readsWhatH5pyWrites(String name) throws IOException {
    check(FrameFiles.readAll(file(name)), value -> value, "forces");
  }

  @Test
  void readsWholeNumbers() throws IOException {
    check(FrameFiles.readAll(file("whole-numbers")), value -> 4 * value, "forces");
  }

  @Test
  void readsTextsOfAnyLength() throws IOException {
    List<Frame> frames = FrameFiles.readAll(file("any-texts"));
    assertEquals("méthane 11", frames.getLast().info().get("name"));
  }

  @Test
  void leavesOutWhatIsNoPartOfFrames() throws IOException {
    try (FrameReader reader = FrameFiles.open(file("extras"))) {
      Frame first = reader.read();
      assertEquals(Set.of("energy", "flags", "steps", "colors"), first.info().keySet());
      assertEquals(
          Set.of("compound", "complex", "reference", "empty", "nothing", "long", "rows", "packed"),
          reader.leftOut().keySet());
    }
  }

  private static LabelledSystems read(String name, EnergyTarget energy) throws IOException {
    return new DataReader(folder).read(DataSource.of(file(name)).with(energy)).systems();
  }

  @Test
  void refusesLabelsThatCannotBeRead() {
    String energy =
        assertThrows(IOException.class, () -> read("records-as-energy", EnergyTarget.DEFAULT))
            .getMessage();
    assertTrue(energy.contains("'E' holds neither numbers nor texts"), energy);
    String forces =
        assertThrows(IOException.class, () -> read("packed-forces", EnergyTarget.DEFAULT))
            .getMessage();
    assertTrue(
        forces.contains("'F' holds what jHDF cannot read") && forces.contains("scaleoffset"),
        forces);
  }

  @Test
  void readsAni() throws IOException {
    check(FrameFiles.readAll(file("ani")), value -> value, "wb97x_dz.forces");
    LabelledSystems data =
        read(
            "ani",
            EnergyTarget.of("ccsd(t)_cbs.energy", "hartree")
                .withForces(DerivativeTarget.of("wb97x_dz.forces", "hartree/angstrom")));
    assertEquals(-42 * HARTREE, data.energies()[2], 1e-6);
    assertTrue(Double.isNaN(data.energies()[1])); // not computed
    assertEquals(-3 * HARTREE, data.forces().getFirst().at(0), 1e-6);
  }

  @Test
  void readsSpice() throws IOException {
    LabelledSystems data = read("spice", EnergyTarget.DEFAULT);
    assertEquals(12, data.size());
    assertEquals(-51 * HARTREE, data.energies()[11], 1e-6);
    assertEquals(14 / 4.0 * BOHR, data.systems().getFirst().positions().at(14), 1e-7);
    assertEquals((14 / 4.0 - 3) * HARTREE / BOHR, data.forces().getFirst().at(14), 1e-5);
  }

  @Test
  void readsAsManyFramesAsAtomsInPieces() throws IOException {
    List<Frame> frames = FrameFiles.readAll(file("square"));
    assertEquals(600, frames.size());
    assertEquals(599, frames.getLast().energy("energy"));
    assertEquals(599, frames.getLast().system().positions().at(0));
    assertEquals(1, frames.getLast().lattice().at(8));
  }
}
