package org.cotangent.atomistic.run;

import java.util.List;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.training.RunOutcome;

/**
 * What a training gave.
 *
 * @param potential the result, of a stopped training what it had come to
 * @param members of a committee; empty where there is none
 * @param courses how the training of each went; empty where there were no epochs
 * @param phases where the time went
 * @param stopped whether it was stopped before its end
 */
record Trained(
    LearnedPotential potential,
    List<LearnedPotential> members,
    List<RunOutcome.Course> courses,
    List<RunOutcome.Phase> phases,
    boolean stopped) {}
