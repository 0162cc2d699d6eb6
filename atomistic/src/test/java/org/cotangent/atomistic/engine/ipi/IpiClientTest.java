package org.cotangent.atomistic.engine.ipi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.engine.Configuration;
import org.cotangent.atomistic.engine.EngineModel;
import org.cotangent.atomistic.engine.EngineOptions;
import org.cotangent.atomistic.engine.EngineUnits;
import org.cotangent.atomistic.engine.Evaluation;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.potentials.CommitteePotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IpiClientTest {
  private static final Configuration ATOMS = Configuration.of(SmallSystems.triclinic());

  @TempDir Path folder;

  private static EngineModel model(EngineUnits units) {
    return new EngineModel(
        PotentialModel.wrap(SmallPotential.of(3, DType.FLOAT64), ModelMetadata.of("small", "")),
        EngineOptions.of(units));
  }

  /** The same atoms with lengths in Bohr. */
  private static Configuration bohr(EngineUnits units) {
    double[] positions = ATOMS.positions().clone();
    double[] cell = ATOMS.cell().clone();
    for (int k = 0; k < 9; k++) {
      positions[k] /= units.length();
      cell[k] /= units.length();
    }
    return ATOMS.moved(positions, cell);
  }

  private static void assertAnswer(TestServer server, Evaluation expected) throws Exception {
    assertEquals("FORCEREADY  ", server.header());
    ByteBuffer answer = server.receive(8 + 4 + 72 + 72 + 4);
    assertEquals(expected.energy(), answer.getDouble(), 1e-12);
    assertEquals(3, answer.getInt());
    for (double force : expected.forces()) {
      assertEquals(force, answer.getDouble(), 1e-12);
    }
    for (double w : expected.virial()) {
      assertEquals(w, answer.getDouble(), 1e-12);
    }
    assertEquals(0, answer.getInt());
  }

  @Test
  void answersPositionsAndForcesInOneSend() throws Exception {
    IpiClient client = new IpiClient(model(EngineUnits.IPI), ATOMS);
    try (TestServer server = new TestServer(folder)) {
      CompletableFuture<Boolean> end = server.start(client);
      server.accept();
      server.send("STATUS");
      assertEquals("NEEDINIT    ", server.header());
      server.initialise(0, " ");
      server.send("STATUS");
      assertEquals("READY       ", server.header());
      Configuration atoms = bohr(EngineUnits.IPI);
      Evaluation expected = model(EngineUnits.IPI).evaluate(atoms);
      for (int step = 0; step < 3; step++) {
        ByteBuffer positions = server.positions(atoms.cell(), atoms.positions());
        ByteBuffer both =
            TestServer.buffer(positions.position() + 12)
                .put(positions.flip())
                .put(TestServer.padded("GETFORCE"));
        server.send(both);
        assertAnswer(server, expected);
        server.send("STATUS");
        assertEquals("READY       ", server.header());
      }
      server.send("EXIT");
      assertTrue(TestServer.await(end));
    }
    assertEquals(3, client.evaluations());
  }

  @Test
  void answersOneMessageAtATimeInTheConstantsOfAse() throws Exception {
    try (TestServer server = new TestServer(folder)) {
      CompletableFuture<Boolean> end = server.start(new IpiClient(model(EngineUnits.IPI), ATOMS));
      server.accept();
      server.initialise(0, "\0");
      Configuration atoms = bohr(EngineUnits.ASE);
      server.send(server.positions(atoms.cell(), atoms.positions()));
      server.send("STATUS");
      assertEquals("HAVEDATA    ", server.header());
      server.send("GETFORCE");
      assertAnswer(server, model(EngineUnits.ASE).evaluate(atoms));
      server.hangUp();
      assertFalse(TestServer.await(end));
    }
  }

  @Test
  void answersBatches() throws Exception {
    try (TestServer server = new TestServer(folder)) {
      CompletableFuture<Boolean> end = server.start(new IpiClient(model(EngineUnits.IPI), ATOMS));
      server.accept();
      server.initialise(0, "  batch_size:2");
      Configuration atoms = bohr(EngineUnits.IPI);
      double[] moved = atoms.positions().clone();
      moved[4] += 0.1;
      ByteBuffer message = TestServer.buffer(12 + 4 + 2 * 144 + 2 * 72 + 12);
      message.put(TestServer.padded("POSDATA")).putInt(3);
      TestServer.putCell(message, atoms.cell());
      TestServer.putCell(message, atoms.cell());
      for (double[] positions : List.of(atoms.positions(), moved)) {
        for (double x : positions) {
          message.putDouble(x);
        }
      }
      server.send(message.put(TestServer.padded("GETFORCE")));
      assertEquals("FORCEREADY  ", server.header());
      ByteBuffer answer = server.receive(16 + 4 + 2 * 72 + 2 * 72 + 8);
      EngineModel model = model(EngineUnits.IPI);
      Evaluation first = model.evaluate(atoms);
      Evaluation second = model.evaluate(atoms.moved(moved, atoms.cell()));
      assertEquals(first.energy(), answer.getDouble(0), 1e-12);
      assertEquals(second.energy(), answer.getDouble(8), 1e-12);
      assertEquals(first.forces()[2], answer.getDouble(20 + 16), 1e-12);
      assertEquals(second.forces()[2], answer.getDouble(20 + 72 + 16), 1e-12);
      assertEquals(second.virial()[4], answer.getDouble(20 + 144 + 72 + 32), 1e-12);
      server.send("EXIT");
      assertTrue(TestServer.await(end));
    }
  }

  @Test
  void committeeGoesAlongAsJson() throws Exception {
    AtomisticModel committee =
        PotentialModel.wrap(
            new CommitteePotential(
                List.of(SmallPotential.of(1, DType.FLOAT64), SmallPotential.of(2, DType.FLOAT64))),
            ModelMetadata.of("two", ""));
    EngineModel model =
        new EngineModel(committee, new EngineOptions(EngineUnits.IPI, 1, true, true));
    try (TestServer server = new TestServer(folder)) {
      CompletableFuture<Boolean> end = server.start(new IpiClient(model, ATOMS));
      server.accept();
      server.initialise(0, " ");
      Configuration atoms = bohr(EngineUnits.IPI);
      server.send(server.positions(atoms.cell(), atoms.positions()));
      server.send("GETFORCE");
      server.header();
      ByteBuffer answer = server.receive(8 + 4 + 72 + 72 + 4);
      double energy = answer.getDouble(0);
      ByteBuffer extras = server.receive(answer.getInt(156));
      JsonNode json = new ObjectMapper().readTree(StandardCharsets.UTF_8.decode(extras).toString());
      assertEquals(
          energy,
          (json.at("/committee_pot/0").asDouble() + json.at("/committee_pot/1").asDouble()) / 2,
          1e-9 * Math.abs(energy));
      assertEquals(18, json.get("committee_force").size());
      assertEquals(18, json.get("committee_virial").size());
      assertEquals(
          answer.getDouble(12),
          (json.at("/committee_force/0").asDouble() + json.at("/committee_force/9").asDouble()) / 2,
          1e-12);
      assertTrue(json.get("energy_uncertainty").size() > 0);
      server.send("EXIT");
      TestServer.await(end);
    }
  }

  @Test
  void halfAHeaderIsAnError() throws Exception {
    assertBroken(
        server ->
            server.send(TestServer.buffer(5).put("STATU".getBytes(StandardCharsets.US_ASCII))),
        "of the header came 5 of 12 bytes");
  }

  @Test
  void serverThatDoesNotTakeItsAnswerIsAnError() {
    ByteBuffer asked = ByteBuffer.wrap(TestServer.padded("STATUS"));
    ByteChannel broken =
        new ByteChannel() {
          @Override
          public int read(ByteBuffer to) {
            int size = asked.remaining();
            to.put(asked);
            return size;
          }

          @Override
          public int write(ByteBuffer from) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    IpiClient client = new IpiClient(model(EngineUnits.IPI), ATOMS);
    Exception failure = assertThrows(IpiProtocolException.class, () -> client.serve(broken));
    assertTrue(failure.getMessage().contains("before it took an answer"), failure.getMessage());
  }

  @Test
  void connectionThatIsResetBetweenMessagesIsTheEnd() throws Exception {
    try (TestServer server = new TestServer(folder)) {
      CompletableFuture<Boolean> end = server.start(new IpiClient(model(EngineUnits.IPI), ATOMS));
      server.accept();
      server.send("STATUS");
      server.hangUpUnread();
      assertFalse(TestServer.await(end));
    }
  }

  @Test
  void serverThatDiesWithinPositionsIsAnError() throws Exception {
    assertBroken(
        server -> {
          ByteBuffer message = server.positions(ATOMS.cell(), ATOMS.positions());
          message.position(message.position() - 20);
          server.send(message);
        },
        "of the positions came 52 of 72 bytes");
  }

  @Test
  void serverThatDiesBeforeItTakesForcesIsAnError() throws Exception {
    assertBroken(
        server -> server.send(server.positions(ATOMS.cell(), ATOMS.positions())),
        "after it sent positions");
  }

  @Test
  void otherNumberOfAtomsIsAnError() throws Exception {
    assertBroken(
        server -> server.send(server.positions(ATOMS.cell(), new double[12])),
        "the server sends 4 atoms, the template has 3");
  }

  @Test
  void otherProtocolIsAnError() throws Exception {
    assertBroken(
        server ->
            server.send(
                TestServer.buffer(12).put("GET / HTTP/1".getBytes(StandardCharsets.US_ASCII))),
        "does it speak i-PI's protocol?");
  }

  @Test
  void forcesBeforePositionsAreAnError() throws Exception {
    assertBroken(server -> server.send("GETFORCE"), "before it sent positions");
  }

  private interface Sending {
    void to(TestServer server) throws Exception;
  }

  private void assertBroken(Sending what, String message) throws Exception {
    try (TestServer server = new TestServer(folder)) {
      CompletableFuture<Boolean> end = server.start(new IpiClient(model(EngineUnits.IPI), ATOMS));
      server.accept();
      server.initialise(0, " ");
      what.to(server);
      server.hangUp();
      Exception failure = assertThrows(IpiProtocolException.class, () -> TestServer.await(end));
      assertTrue(failure.getMessage().contains(message), failure.getMessage());
    }
  }
}
