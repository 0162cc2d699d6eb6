package org.cotangent.metatensor.learn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A {@link Dataset} whose samples have names: numbers of structures in a data base, paths of files,
 * …
 *
 * @param <K> the type of the names, with {@code equals} and {@code hashCode}
 * @param <S> the type of a sample
 */
public final class IndexedDataset<K, S> implements Dataset<S> {
  private final List<K> ids;
  private final Map<K, Integer> positions = new HashMap<>();
  private final Dataset<S> samples;

  /**
   * Creates a data set that makes a sample each time when it is asked for.
   *
   * @param ids the names of the samples, in order
   * @param sample makes the sample of a name, in any thread
   * @throws IllegalArgumentException if a name is given twice
   */
  public IndexedDataset(List<K> ids, Function<? super K, ? extends S> sample) {
    this.ids = List.copyOf(ids);
    for (int k = 0; k < this.ids.size(); k++) {
      Integer earlier = positions.put(this.ids.get(k), k);
      if (earlier != null) {
        throw new IllegalArgumentException(
            "samples " + earlier + " and " + k + " have the same name " + this.ids.get(k));
      }
    }
    this.samples = Dataset.of(this.ids.size(), k -> sample.apply(this.ids.get(k)));
  }

  /** Returns the names of the samples, in order. */
  public List<K> ids() {
    return ids;
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public S get(int index) {
    return samples.get(index);
  }

  /**
   * Returns the sample of a name.
   *
   * @throws IllegalArgumentException if there is none
   * @throws IllegalStateException if it cannot be made, with the reason as cause
   */
  public S sample(K id) {
    Integer position = positions.get(id);
    if (position == null) {
      throw new IllegalArgumentException(
          "there is no sample " + id + " in a data set of " + ids.size());
    }
    return samples.get(position);
  }
}
