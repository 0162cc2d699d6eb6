package org.cotangent.autodiff;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tensors in a nest of records, lists and maps, in a fixed order: components as they are
 * declared, entries as they are iterated. Everything else in the nest (numbers, texts, null)
 * belongs to its form. Lists and maps of a tree that is made again are unmodifiable; maps keep
 * their order.
 *
 * @param <T> the type of the nest, with {@link List} and {@link Map} rather than classes that
 *     implement them
 */
public final class TensorTree<T> {
  private final T root;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();

  private TensorTree(T root) {
    this.root = root;
    collect(root, "");
  }

  /**
   * Returns the tensors of a nest.
   *
   * @throws IllegalArgumentException if it holds a record that is not accessible from here, because
   *     it or its package is not public
   */
  public static <T> TensorTree<T> of(T nest) {
    return new TensorTree<>(nest);
  }

  /** Returns the tensors, in order. */
  public List<Tensor> tensors() {
    return Collections.unmodifiableList(tensors);
  }

  /** Returns where each tensor is, as {@code layers[0].weight} or {@code weights[key]}. */
  public List<String> paths() {
    return Collections.unmodifiableList(paths);
  }

  /**
   * Returns the same nest with other tensors.
   *
   * @throws IllegalArgumentException if there are more or fewer than in this one
   */
  @SuppressWarnings("unchecked")
  public T with(List<Tensor> others) {
    if (others.size() != tensors.size()) {
      throw new IllegalArgumentException(
          others.size() + " tensors for a tree of " + tensors.size());
    }
    return (T) Objects.requireNonNull(rebuild(root, others, new int[1]));
  }

  /** Returns the same nest with each tensor replaced by what the function makes of it. */
  public T map(UnaryOperator<Tensor> function) {
    List<Tensor> mapped = new ArrayList<>(tensors.size());
    for (Tensor tensor : tensors) {
      mapped.add(function.apply(tensor));
    }
    return with(mapped);
  }

  private void collect(@Nullable Object node, String path) {
    switch (node) {
      case Tensor tensor -> {
        tensors.add(tensor);
        paths.add(path);
      }
      case List<?> list -> {
        for (int k = 0; k < list.size(); k++) {
          collect(list.get(k), path + "[" + k + "]");
        }
      }
      case Map<?, ?> map -> map.forEach((key, value) -> collect(value, path + "[" + key + "]"));
      case Record record -> {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          String name = component.getName();
          collect(component(record, component), path.isEmpty() ? name : path + "." + name);
        }
      }
      case null, default -> {}
    }
  }

  private static @Nullable Object rebuild(
      @Nullable Object node, List<Tensor> others, int[] position) {
    return switch (node) {
      case Tensor tensor -> others.get(position[0]++);
      case List<?> list -> {
        List<@Nullable Object> made = new ArrayList<>(list.size());
        for (Object entry : list) {
          made.add(rebuild(entry, others, position));
        }
        yield Collections.unmodifiableList(made);
      }
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> made = new LinkedHashMap<>();
        map.forEach((key, value) -> made.put(key, rebuild(value, others, position)));
        yield Collections.unmodifiableMap(made);
      }
      case Record record -> {
        RecordComponent[] components = record.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int k = 0; k < values.length; k++) {
          values[k] = rebuild(component(record, components[k]), others, position);
        }
        yield make(record.getClass(), components, values);
      }
      case null -> null;
      default -> node;
    };
  }

  private static @Nullable Object component(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (InaccessibleObjectException | IllegalAccessException problem) {
      throw closed(record.getClass(), problem);
    } catch (InvocationTargetException problem) {
      throw new IllegalStateException(
          "the component "
              + component.getName()
              + " of "
              + record.getClass().getName()
              + " cannot be read: "
              + problem.getCause(),
          problem);
    }
  }

  private static Object make(
      Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException problem) {
      throw new IllegalArgumentException(
          "the record " + type.getName() + " refuses tensors of this tree: " + problem.getCause(),
          problem);
    } catch (InaccessibleObjectException | ReflectiveOperationException problem) {
      throw closed(type, problem);
    }
  }

  private static IllegalArgumentException closed(Class<?> type, Exception problem) {
    return new IllegalArgumentException(
        "the record "
            + type.getName()
            + " cannot be taken apart and made again; open its package "
            + type.getPackageName()
            + " to org.cotangent.autodiff",
        problem);
  }
}
