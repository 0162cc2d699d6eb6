package org.cotangent.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A recorded computation as data: its operations in an order in which each comes after its
 * operands. A program can be listed ({@link #toString}), drawn ({@link #toDot}, {@link #toSvg}) and
 * evaluated again with other inputs ({@link #run}), which records like any computation, so that a
 * program can be differentiated.
 *
 * {@snippet :
 * Program program = Program.trace(x -> x.get(0).sin().sum(), Tensor.of(new double[] {1, 2}));
 * Tensor y = program.run(List.of(Tensor.of(new double[] {3, 4}))).getFirst(); // sin 3 + sin 4
 * }
 *
 * <p>What is recorded is what tensors did. Numbers that left the tensors on the way ({@link
 * Tensor#item}, sizes, indices computed in Java) are fixed at what they were, as is which way an
 * {@code if} went; a choice that is to be made again is written with {@link Tensor#where}. For
 * inputs of other shapes the computation is recorded again.
 *
 * <p>A program holds the constants that occur in it, not the values in between.
 */
public final class Program {
  /** What a line of a program is. */
  public enum Kind {
    /** One of the inputs. */
    INPUT,
    /** A tensor that was given, among them variables that are no inputs. */
    CONSTANT,
    /** The result of a primitive. */
    OPERATION
  }

  /**
   * One line of a program.
   *
   * @param number its place, by which others name it as their operand
   * @param kind what it is
   * @param operation the primitive with its attributes, as {@code sum[axes={0, 1}]}; {@code input};
   *     {@code constant}, with its elements if they are few
   * @param operands the numbers of the lines it is made from
   * @param dtype the type of its elements
   * @param shape the shape that it had
   */
  public record Node(
      int number, Kind kind, String operation, List<Integer> operands, DType dtype, Shape shape) {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("%").append(number).append(" = ").append(operation);
      if (kind == Kind.OPERATION) {
        for (int k = 0; k < operands.size(); k++) {
          text.append(k == 0 ? "(%" : ", %").append(operands.get(k));
        }
        text.append(')');
      }
      return text.append(' ').append(dtype).append(shape).toString();
    }
  }

  /** A line as it is evaluated: a primitive, or the tensor that stands there. */
  private record Step(@Nullable Primitive primitive, int[] operands, @Nullable Tensor constant) {}

  /** Of constants with at most so many elements the elements are listed. */
  private static final int FEW = 4;

  private final List<Node> nodes = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<Tensor, Integer> numbers = new IdentityHashMap<>();
  private final int inputs;
  private final int[] outputs;

  private Program(List<Tensor> outputs, List<Tensor> inputs) {
    for (Tensor input : inputs) {
      if (numbers.containsKey(input)) {
        throw new IllegalArgumentException(
            "input " + numbers.get(input) + " of a program is given a second time");
      }
      append(input, Kind.INPUT);
    }
    this.inputs = inputs.size();
    this.outputs = new int[outputs.size()];
    for (int k = 0; k < this.outputs.length; k++) {
      this.outputs[k] = collect(outputs.get(k));
    }
    numbers.clear(); // it refers to all values in between
  }

  /**
   * Returns what a function does with inputs of these types and shapes.
   *
   * @param f a function of the inputs, in order
   */
  public static Program trace(Function<List<Tensor>, Tensor> f, Tensor... examples) {
    List<Tensor> inputs = new ArrayList<>(examples.length);
    for (Tensor x : examples) { // integers and truth values too, so that all steps are recorded
      inputs.add(new Tensor(x.dtype, x.shape, x.data, Source.VARIABLE, Tensor.NONE));
    }
    Tensor y = Recording.on(() -> f.apply(List.copyOf(inputs)));
    return new Program(List.of(y), inputs);
  }

  /**
   * Returns the program that made recorded tensors.
   *
   * @param outputs what it is to compute
   * @param inputs what it is to compute them from: variables, or recorded tensors on the way
   * @throws IllegalArgumentException if an input is given twice
   */
  public static Program of(List<Tensor> outputs, List<Tensor> inputs) {
    return new Program(outputs, inputs);
  }

  /** Appends a tensor behind what it is made from; with its own stack, as graphs may be deep. */
  private int collect(Tensor root) {
    List<Tensor> stack = new ArrayList<>();
    stack.add(root);
    while (!stack.isEmpty()) {
      Tensor tensor = stack.getLast();
      if (numbers.containsKey(tensor)) {
        stack.removeLast();
        continue;
      }
      int waiting = stack.size();
      for (int k = tensor.operands.length - 1; k >= 0; k--) {
        if (!numbers.containsKey(tensor.operands[k])) {
          stack.add(tensor.operands[k]);
        }
      }
      if (stack.size() == waiting) {
        append(tensor, tensor.operands.length == 0 ? Kind.CONSTANT : Kind.OPERATION);
        stack.removeLast();
      }
    }
    Integer number = numbers.get(root);
    return number == null ? -1 : number;
  }

  private void append(Tensor tensor, Kind kind) {
    int number = nodes.size();
    numbers.put(tensor, number);
    int[] operands = new int[kind == Kind.OPERATION ? tensor.operands.length : 0];
    Arrays.setAll(operands, k -> numbers.getOrDefault(tensor.operands[k], -1));
    Primitive primitive = kind == Kind.OPERATION ? tensor.primitive : null;
    String operation =
        primitive != null
            ? described(primitive)
            : kind == Kind.INPUT ? "input" : "constant" + values(tensor);
    List<Integer> boxed = Arrays.stream(operands).boxed().toList();
    nodes.add(new Node(number, kind, operation, boxed, tensor.dtype, tensor.shape));
    steps.add(new Step(primitive, operands, kind == Kind.CONSTANT ? tensor : null));
  }

  /** The elements of a constant of few. */
  private static String values(Tensor tensor) {
    String text = tensor.toString();
    return tensor.size() > FEW || tensor.size() == 0 ? "" : " " + text.substring(text.indexOf('{'));
  }

  /** The label of a primitive, and in brackets its attributes, if it has some. */
  private static String described(Primitive primitive) {
    String text = primitive instanceof Record ? primitive.toString() : "";
    int open = text.indexOf('[');
    if (open < 0 || text.endsWith("[]")) {
      return primitive.label();
    }
    String attributes = text.substring(open + 1, text.length() - 1);
    return primitive.label()
        + "["
        + (attributes.startsWith("axes=") ? axes(attributes) : attributes)
        + "]";
  }

  /** A set of axes is a bit mask to the primitive, and a set to the reader. */
  private static String axes(String attributes) {
    String[] parts = attributes.substring("axes=".length()).split(", ", 2);
    if (!parts[0].matches("-?\\d+")) {
      return attributes; // a list of axes, readable as it is
    }
    List<String> axes = new ArrayList<>();
    for (int mask = Integer.parseInt(parts[0]), k = 0; mask != 0; mask >>>= 1, k++) {
      if ((mask & 1) == 1) {
        axes.add(Integer.toString(k));
      }
    }
    String set = "axes={" + String.join(", ", axes) + "}";
    return parts.length == 1 ? set : set + ", " + parts[1];
  }

  /** Returns the lines, inputs first, each after its operands. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Returns the numbers of the lines that are the outputs. */
  public List<Integer> outputs() {
    return Arrays.stream(outputs).boxed().toList();
  }

  /**
   * Evaluates the program and returns its outputs, recorded if an input or a variable in the
   * program is.
   *
   * @param values one for each input, of its type and shape
   * @throws IllegalArgumentException if there are more or fewer, or one is of another type or shape
   */
  public List<Tensor> run(List<Tensor> values) {
    if (values.size() != inputs) {
      throw new IllegalArgumentException(
          "a program of " + inputs + " inputs cannot run with " + values.size());
    }
    for (int k = 0; k < inputs; k++) {
      Tensor value = values.get(k);
      Node input = nodes.get(k);
      if (value.dtype != input.dtype() || !value.shape.equals(input.shape())) {
        throw new IllegalArgumentException(
            "input "
                + k
                + " of the program is "
                + input.dtype()
                + input.shape()
                + ", got "
                + value.dtype
                + value.shape
                + "; record it again for other shapes");
      }
    }
    int[] lastUse = lastUses();
    @Nullable Tensor[] at = new Tensor[steps.size()];
    for (int number = 0; number < at.length; number++) {
      Step step = steps.get(number);
      Tensor[] operands = new Tensor[step.operands.length];
      Arrays.setAll(operands, k -> at[step.operands[k]]);
      for (int operand : step.operands) {
        if (lastUse[operand] == number) {
          at[operand] = null; // let it be collected
        }
      }
      Primitive primitive = step.primitive;
      at[number] =
          primitive != null
              ? apply(primitive, operands)
              : number < inputs ? values.get(number) : step.constant;
    }
    Tensor[] results = new Tensor[outputs.length];
    Arrays.setAll(results, k -> at[outputs[k]]);
    return List.of(results);
  }

  private static Tensor apply(Primitive primitive, Tensor[] operands) {
    if (primitive instanceof CustomPrimitive custom) {
      return custom.apply(operands);
    }
    Tensor value = primitive.evaluate(operands);
    return Tensor.result(value.dtype, value.shape, value.data, primitive, operands);
  }

  /** The line that uses a line last; none for outputs, which are kept. */
  private int[] lastUses() {
    int[] last = new int[steps.size()];
    for (int number = 0; number < last.length; number++) {
      for (int operand : steps.get(number).operands) {
        last[operand] = number;
      }
    }
    for (int output : outputs) {
      last[output] = -1;
    }
    return last;
  }

  /** Returns the program as a graph in the language of Graphviz. */
  public String toDot() {
    return ProgramDrawing.dot(this);
  }

  /** Returns a drawing of the program, from the inputs at the top down, as an SVG document. */
  public String toSvg() {
    return ProgramDrawing.svg(this);
  }

  /** Returns the listing: a line for each node, and one that names the outputs. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Node node : nodes) {
      text.append(node).append('\n');
    }
    text.append("return");
    for (int k = 0; k < outputs.length; k++) {
      text.append(k == 0 ? " %" : ", %").append(outputs[k]);
    }
    return text.append('\n').toString();
  }
}
