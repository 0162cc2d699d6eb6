package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.potentials.CommitteePotential;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CommitteeTrainingTest {
  private static LabelledSystems training;
  private static LabelledSystems validation;

  @BeforeAll
  static void read() throws IOException {
    LabelledSystems all = EthanolData.read(5).systems();
    training = all.select(IntStream.range(0, 10).toArray());
    validation = all.select(10, 11, 12);
  }

  private static TrainingOptions options(int threads, int members, SmallTraining how) {
    return new TrainingOptions(
        3,
        32,
        threads,
        members,
        new LearnedBasisArchitecture(4, 3, 2, 4, 1, List.of(8, 8)),
        how.build());
  }

  private static CommitteeTraining of(TrainingOptions options) {
    return new CommitteeTraining(options, training, validation);
  }

  @Test
  void membersHaveTheBitsOfTrainingsAloneWithSeedsOneAfterTheOther() {
    CommitteeTraining.Result together =
        of(options(1, 3, new SmallTraining())).run(member -> epoch -> {});
    CommitteePotential committee = assertInstanceOf(CommitteePotential.class, together.potential());
    for (int k = 0; k < 3; k++) {
      TrainingOptions seeded = options(1, 3, new SmallTraining()).member(k, 1);
      assertEquals(3 + k, seeded.seed());
      Trainer.Result alone = new Trainer(seeded, training, validation).run(epoch -> {});
      assertEquals(alone.potential().weights(), committee.members().get(k).weights());
      assertEquals(alone.bestEpoch(), together.members().get(k).bestEpoch());
    }
    assertNotEquals(committee.members().get(0).weights(), committee.members().get(1).weights());
  }

  @Test
  void sideBySideTheyEndInTheSameBits() {
    LearnedPotential inTurn =
        of(options(1, 3, new SmallTraining())).run(member -> epoch -> {}).potential();
    for (int threads = 2; threads <= 4; threads++) {
      LearnedPotential sideBySide =
          of(options(threads, 3, new SmallTraining())).run(member -> epoch -> {}).potential();
      assertEquals(inTurn.weights(), sideBySide.weights(), threads + " threads");
    }
  }

  @Test
  void aCommitteeThatWasInterruptedGoesOnFromTheStatesOfItsMembers() {
    CommitteeTraining committee = of(options(2, 3, new SmallTraining().checkpointSeconds(0)));
    LearnedPotential whole = committee.run(member -> epoch -> {}).potential();
    Map<Integer, TrainingState> heard = new ConcurrentHashMap<>();
    AtomicInteger steps = new AtomicInteger();
    committee.run(
        member ->
            new Trainer.Listener() {
              @Override
              public void trained(Epoch epoch) {}

              @Override
              public void reached(TrainingState state) {
                heard.put(member, state);
              }

              @Override
              public boolean stops() {
                return steps.incrementAndGet() > 7;
              }
            });
    assertTrue(heard.values().stream().anyMatch(state -> state.steps() < 8), "none was stopped");
    List<@Nullable TrainingState> states = new ArrayList<>();
    IntStream.range(0, 3).forEach(k -> states.add(heard.get(k)));
    assertEquals(
        whole.weights(), committee.run(states, member -> epoch -> {}).potential().weights());
  }

  @Test
  void whenOneMemberFailsTheOthersStop() {
    CommitteeTraining committee = of(options(2, 2, new SmallTraining().epochs(1_000_000)));
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                committee.run(
                    member ->
                        epoch -> {
                          if (member == 1) {
                            throw new IllegalStateException("the disk is full");
                          }
                        }));
    assertEquals("the disk is full", e.getMessage());
  }

  @Test
  void oneMemberIsAPotentialLikeOthers() {
    TrainingOptions options = options(2, 1, new SmallTraining());
    assertEquals(
        new Trainer(options, training, validation).run(epoch -> {}).potential().weights(),
        of(options).run(member -> epoch -> {}).potential().weights());
  }

  @Test
  void thereMustBeAStateForEachMember() {
    CommitteeTraining committee = of(options(2, 3, new SmallTraining()));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> committee.run(Collections.nCopies(2, null), member -> epoch -> {}));
    assertEquals("a committee of 3 can go on from as many states, got 2", e.getMessage());
  }
}
