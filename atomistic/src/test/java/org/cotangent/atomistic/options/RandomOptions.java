package org.cotangent.atomistic.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * Options at random, all of them valid, of potentials so small that a training takes a second.
 *
 * @param architecture what is trained
 * @param overrides as {@code -r} takes them
 */
public record RandomOptions(TrainableArchitecture architecture, List<String> overrides) {
  private static final String MODEL = "architecture.model.";
  private static final String TRAINING = "architecture.training.";

  /** Left to their defaults, these would take their time. */
  private static final Set<String> ALWAYS =
      Set.of(
          TRAINING + "num_epochs",
          MODEL + "radial",
          MODEL + "channels",
          MODEL + "hidden",
          MODEL + "max_radial",
          MODEL + "max_angular",
          MODEL + "angular_radial",
          MODEL + "max_degree",
          MODEL + "cutoff");

  /** Draws an architecture, and options for it. */
  public static RandomOptions draw(Random random) {
    TrainableArchitecture[] all = TrainableArchitecture.values();
    TrainableArchitecture architecture = all[random.nextInt(all.length)];
    List<String> overrides = new ArrayList<>();
    values(architecture)
        .forEach(
            (name, values) -> {
              int which = random.nextInt(values.size());
              if (ALWAYS.contains(name) || random.nextInt(3) > 0) {
                overrides.add(name + "=" + values.get(which));
              }
            });
    if (architecture == TrainableArchitecture.LINEAR_ACE) {
      orders(random, overrides);
    } else if (random.nextBoolean()) {
      overrides.add(
          0, TRAINING + "loss=" + List.of("mse", "mae", "huber", "norm").get(random.nextInt(4)));
    }
    return new RandomOptions(architecture, overrides);
  }

  /** The lists of a linear potential, which must be equally long. */
  private static void orders(Random random, List<String> overrides) {
    int orders = 1 + random.nextInt(4);
    overrides.removeIf(
        o -> o.startsWith(MODEL + "max_degree") || o.startsWith(MODEL + "max_angular"));
    overrides.add(MODEL + "max_degree=" + List.of(5, 4, 3, 2).subList(0, orders));
    overrides.add(MODEL + "max_angular=" + List.of(0, 2, 1, 1).subList(0, orders));
  }

  /** Returns the names of all options that are drawn of an architecture. */
  static Set<String> names(TrainableArchitecture architecture) {
    return new TreeSet<>(values(architecture).keySet());
  }

  private static SequencedMap<String, List<String>> values(TrainableArchitecture architecture) {
    SequencedMap<String, List<String>> values = new LinkedHashMap<>();
    values.put("seed", List.of("1", "-7", "9223372036854775807"));
    values.put("threads", List.of("1", "2", "3"));
    boolean fitted = architecture == TrainableArchitecture.LINEAR_ACE;
    values.put("base_precision", fitted ? List.of("64") : List.of("32", "64"));
    values.put("committee", fitted ? List.of("1") : List.of("1", "1", "2"));
    model(architecture).forEach((name, some) -> values.put(MODEL + name, some));
    (fitted ? fit() : epochs()).forEach((name, some) -> values.put(TRAINING + name, some));
    return values;
  }

  private static Map<String, List<String>> model(TrainableArchitecture architecture) {
    SequencedMap<String, List<String>> values = new LinkedHashMap<>();
    values.put("cutoff", List.of("3", "4", "5.5"));
    if (architecture == TrainableArchitecture.LINEAR_ACE) {
      values.put("pair_cutoff", List.of("3", "5"));
      values.put("max_degree", List.of("[4]"));
      values.put("max_angular", List.of("[0]"));
      values.put("angular_weight", List.of("0.5", "1", "2"));
      return values;
    }
    values.put("zbl", List.of("true", "false"));
    values.put("fixed_composition_weights", List.of("{}", "{1: -13.6}", "{6: -1e3, 8: -2000}"));
    if (architecture == TrainableArchitecture.LEARNED_BASIS) {
      values.put("radial", List.of("2", "3"));
      values.put("max_angular", List.of("2", "3"));
      values.put("channels", List.of("1", "2"));
      values.put("layers", List.of("1", "2"));
      values.put("hidden", List.of("[3, 3]", "[1, 4]"));
      return values;
    }
    values.put("hidden", List.of("[]", "[4]", "[4, 3]", "[3, 3, 3]"));
    values.put("activation", List.of("silu", "tanh"));
    switch (architecture) {
      case SOAP_NN -> {
        values.put("cutoff_width", List.of("0.5", "3"));
        values.put("density_width", List.of("0.3", "0.7"));
        values.put("max_radial", List.of("0", "1"));
        values.put("max_angular", List.of("0", "1"));
      }
      case BEHLER_PARRINELLO -> {
        values.put("radial", List.of("1", "3"));
        values.put("angular_radial", List.of("0", "2"));
        values.put("zetas", List.of("[]", "[1]", "[1, 4]"));
      }
      default -> {
        values.put("radial", List.of("1", "3"));
        values.put("angular_radial", List.of("1", "2"));
        values.put("max_angular", List.of("0", "2"));
      }
    }
    return values;
  }

  private static Map<String, List<String>> fit() {
    SequencedMap<String, List<String>> values = new LinkedHashMap<>();
    values.put("energy_weight", List.of("1", "30"));
    values.put("force_weight", List.of("0", "1"));
    values.put("virial_weight", List.of("0", "1"));
    values.put("smoothness", List.of("0", "2"));
    values.put("ridges", List.of("[1e-3]", "[1e-2, 1e-4]"));
    return values;
  }

  private static Map<String, List<String>> epochs() {
    SequencedMap<String, List<String>> values = new LinkedHashMap<>();
    values.put("num_epochs", List.of("1", "2"));
    values.put("batch_size", List.of("1", "3", "100"));
    values.put("max_atoms_per_batch", List.of("0", "1", "20"));
    values.put("learning_rate", List.of("1e-4", "0.01"));
    values.put("schedule.type", List.of("cosine", "step", "plateau", "constant"));
    values.put("schedule.warmup_steps", List.of("0", "3"));
    values.put("schedule.factor", List.of("0.5", "0.99"));
    values.put("schedule.epochs", List.of("1", "2"));
    values.put("schedule.minimum", List.of("0", "1e-5"));
    values.put("weight_decay", List.of("0", "0.02"));
    values.put("grad_clip_norm", List.of("0", "0.5"));
    values.put("grad_clip_factor", List.of("0", "1", "3"));
    values.put("ema_decay", List.of("0", "0.9"));
    for (String term : List.of("energy", "forces", "virial")) {
      values.put("loss." + term + ".type", List.of("mse", "mae", "huber", "norm"));
      values.put(
          "loss." + term + ".weight",
          term.equals("energy") ? List.of("0.1", "2") : List.of("0", "1"));
      values.put("loss." + term + ".delta", List.of("0.01", "1"));
    }
    values.put("best_model_metric", List.of("force_mae", "rmse_prod", "mae_prod", "loss"));
    values.put("early_stop", List.of("0", "1"));
    values.put("gradients", List.of("forward", "reverse", "chosen"));
    values.put("memory_share", List.of("0", "1e-9", "0.4"));
    values.put("checkpoint_seconds", List.of("0", "30"));
    return values;
  }
}
