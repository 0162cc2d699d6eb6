package org.cotangent.atomistic.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.Peers;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * i-PI's own socket interface, in every mode that it has, with {@code cotangent serve} at the other
 * end.
 */
@Timeout(300)
class IpiSocketTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"unix, True, 1", "inet, True, 1", "unix, False, 1", "unix, True, 4"})
  void seesTheSameEnergiesForcesAndVirials(String mode, String consolidated, int batch)
      throws Exception {
    Path model = EngineFiles.networks(folder);
    Map<String, List<System>> kinds = EngineStructures.byKind();
    List<Serving> servers = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    int port = 20000 + (int) (ProcessHandle.current().pid() % 20000);
    for (Map.Entry<String, List<System>> kind : kinds.entrySet()) {
      Path file = folder.resolve(kind.getKey() + ".json");
      List<Map<String, double[]>> content = new ArrayList<>();
      for (System system : kind.getValue()) {
        content.add(
            Map.of(
                "positions", system.positions().toDoubleArray(),
                "cell", system.cell().toDoubleArray()));
      }
      new ObjectMapper().writeValue(file.toFile(), content);
      files.add(file);
      Path template = folder.resolve(kind.getKey() + ".xyz");
      EngineStructures.write(template, kind.getValue().subList(0, 1));
      List<String> where =
          mode.equals("unix")
              ? List.of("--unix", Serving.socketName(kind.getKey()))
              : List.of("--host", "localhost", "--port", String.valueOf(port + files.size()));
      List<String> arguments =
          new ArrayList<>(List.of(model.toString(), "--template", "" + template));
      arguments.addAll(where);
      servers.add(new Serving(arguments.toArray(String[]::new)));
    }
    Path results = folder.resolve("results.json");
    List<Path> arguments =
        new ArrayList<>(
            List.of(results, Path.of(Serving.socketName("")), Path.of(mode), Path.of("" + port)));
    arguments.add(Path.of(consolidated));
    arguments.add(Path.of("" + batch));
    arguments.addAll(files);
    Peers.python(
        folder,
        "import sys, json, os, time, numpy as np; from ipi.engine.forcefields import FFSocket; from ipi.interfaces.sockets import InterfaceSocket; from ipi.engine.atoms import Atoms; from ipi.engine.cell import GenericCell; from ipi.utils.units import unit_to_internal",
        """
        out, name, mode, port, consolidated, batch = sys.argv[1:7]
        angstrom = unit_to_internal('length', 'angstrom', 1.0)
        ev = unit_to_internal('energy', 'electronvolt', 1.0)
        results = {}
        for number, file in enumerate(sys.argv[7:]):
            kind = os.path.basename(file)[:-5]
            interface = InterfaceSocket(
                address=name + kind if mode == 'unix' else 'localhost', port=int(port) + number + 1, mode=mode,
                consolidate_messages=consolidated == 'True', batch_size=int(batch), timeout=60)
            socket = FFSocket(name=kind, interface=interface, dopbc=False)
            socket.start()
            requests = []
            for one in json.load(open(file)):
                rows = np.reshape(one['cell'], (3, 3)) * angstrom
                class Cell: pass
                cell = Cell()
                cell.h = rows.T.copy()
                cell.ih = np.linalg.pinv(cell.h)
                atoms = Atoms(len(one['positions']) // 3)
                atoms.q[:] = np.array(one['positions']) * angstrom
                requests.append(socket.queue(atoms, cell, reqid=len(requests)))
            while any(r['status'] != 'Done' for r in requests):
                time.sleep(0.01)
            results[kind] = [{'energy': r['result'][0] / ev, 'forces': (np.array(r['result'][1]) * angstrom / ev).tolist(),
                              'virial': (np.array(r['result'][2]) / ev).ravel().tolist()} for r in requests]
            socket.stop()
        json.dump(results, open(out, 'w'))
        os._exit(0)
        """,
        arguments.toArray(Path[]::new));
    for (Serving server : servers) {
      server.output();
    }
    JsonNode found = new ObjectMapper().readTree(results.toFile());
    for (Map.Entry<String, List<System>> kind : kinds.entrySet()) {
      for (int k = 0; k < kind.getValue().size(); k++) {
        System system = kind.getValue().get(k);
        EnergyDerivatives expected = EnergyDerivatives.of(EngineFiles.NETWORKS, List.of(system));
        JsonNode one = found.get(kind.getKey()).get(k);
        String where = kind.getKey() + " " + k;
        EngineResults.assertEnergyAndForces(expected, one, where);
        Tensor virial = expected.strainGradients().getFirst().negate();
        EngineResults.assertClose(virial, one.get("virial"), where + ", virial");
      }
    }
  }
}
