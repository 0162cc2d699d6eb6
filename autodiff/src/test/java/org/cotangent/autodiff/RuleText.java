package org.cotangent.autodiff;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a recorded computation as a formula. */
final class RuleText {
  /** How tightly a formula holds together, so that it needs no parentheses within a looser one. */
  private static final int COMPARISON = 0;

  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int SIGN = 3;
  private static final int POWER = 4;
  private static final int ATOM = 5;

  private record Text(String text, int strength) {
    String within(int outer) {
      return strength < outer ? "(" + text + ")" : text;
    }
  }

  private final Map<Tensor, String> names = new IdentityHashMap<>();

  /** Gives a tensor a name, at which formulas end. */
  void name(Tensor tensor, String name) {
    names.put(tensor, name);
  }

  /** Returns the formula of a tensor, "0" for null. */
  String of(@Nullable Tensor tensor) {
    return tensor == null ? "0" : text(tensor).text();
  }

  /** Returns the formula of a primitive applied to named operands. */
  String of(Primitive primitive, Tensor[] operands) {
    return made(primitive, operands).text();
  }

  private Text text(Tensor tensor) {
    String name = names.get(tensor);
    if (name != null) {
      return new Text(name, ATOM);
    }
    return tensor.primitive == null ? constant(tensor) : made(tensor.primitive, tensor.operands);
  }

  private static Text constant(Tensor tensor) {
    for (int i = 1; i < tensor.size(); i++) {
      if (tensor.at(i) != tensor.at(0)) {
        throw new IllegalStateException("a rule has an unnamed constant " + tensor);
      }
    }
    return number(tensor.at(0));
  }

  private static Text number(double value) {
    String text =
        value == Math.rint(value)
            ? Long.toString((long) value)
            : String.format(Locale.ROOT, "%.5f", value).replaceAll("0+$", "");
    return new Text(text, value < 0 ? SIGN : ATOM);
  }

  private Text made(Primitive primitive, Tensor[] x) {
    return switch (primitive) {
      case Unary function -> unary(function, text(x[0]));
      case Binary function -> binary(function, text(x[0]), text(x[1]));
      case UnaryWithConstant.Affine(double scale, double shift) -> affine(scale, shift, text(x[0]));
      case UnaryWithConstant.Power(double exponent) ->
          new Text(text(x[0]).within(ATOM) + "^" + number(exponent).within(ATOM), POWER);
      case UnaryWithConstant.Cast cast when x[0].dtype == DType.BOOL ->
          new Text("[" + text(x[0]).text() + "]", ATOM);
      case Comparison comparison -> comparison(comparison, text(x[0]), text(x[1]));
      case Product.MatMul(boolean first, boolean second) ->
          new Text(
              text(x[0]).within(ATOM)
                  + (first ? "' @ " : " @ ")
                  + text(x[1]).within(ATOM)
                  + (second ? "'" : ""),
              PRODUCT);
      default -> call(primitive, x);
    };
  }

  private static Text unary(Unary function, Text x) {
    return switch (function) {
      case NEGATE -> new Text("-" + x.within(SIGN), SIGN);
      case SQUARE -> new Text(x.within(ATOM) + "²", POWER);
      case RECIPROCAL -> new Text("1/" + x.within(POWER), PRODUCT);
      case ABSOLUTE -> new Text("abs(" + x.text() + ")", ATOM);
      default -> new Text(function.label() + "(" + x.text() + ")", ATOM);
    };
  }

  private static Text affine(double scale, double shift, Text x) {
    Text product =
        scale == 1
            ? x
            : scale == -1
                ? new Text("-" + x.within(SIGN), SIGN)
                : new Text(number(scale).within(SIGN) + "·" + x.within(SIGN), PRODUCT);
    if (shift == 0) {
      return product;
    }
    if (scale == -1) {
      return new Text(number(shift).within(SIGN) + " - " + x.within(PRODUCT), SUM);
    }
    String sign = shift < 0 ? " - " : " + ";
    return new Text(product.within(SUM) + sign + number(Math.abs(shift)).text(), SUM);
  }

  private static Text binary(Binary function, Text x, Text y) {
    return switch (function) {
      case ADD -> new Text(x.within(SUM) + " + " + y.within(SUM), SUM);
      case SUBTRACT -> new Text(x.within(SUM) + " - " + y.within(PRODUCT), SUM);
      case MULTIPLY -> new Text(x.within(PRODUCT) + "·" + y.within(POWER), PRODUCT);
      case DIVIDE -> new Text(x.within(PRODUCT) + "/" + y.within(POWER), PRODUCT);
      case POW -> new Text(x.within(ATOM) + "^" + y.within(ATOM), POWER);
      default -> new Text(function.label() + "(" + x.text() + ", " + y.text() + ")", ATOM);
    };
  }

  private static Text comparison(Comparison comparison, Text x, Text y) {
    String sign =
        switch (comparison) {
          case LESS -> " < ";
          case LESS_OR_EQUAL -> " ≤ ";
          case EQUAL -> " = ";
          case NOT_EQUAL -> " ≠ ";
          case AND -> " and ";
          case OR -> " or ";
        };
    return new Text(x.within(SUM) + sign + y.within(SUM), COMPARISON);
  }

  /** label[attributes](operands). */
  private Text call(Primitive primitive, Tensor[] x) {
    List<String> attributes = new ArrayList<>();
    if (primitive instanceof Record attributed) {
      for (RecordComponent component : attributed.getClass().getRecordComponents()) {
        attributes.add(component.getName() + " " + attribute(component, attributed));
      }
    }
    List<String> operands = Arrays.stream(x).map(this::text).map(Text::text).toList();
    String brackets = attributes.isEmpty() ? "" : "[" + String.join(", ", attributes) + "]";
    return new Text(primitive.label() + brackets + "(" + String.join(", ", operands) + ")", ATOM);
  }

  private static String attribute(RecordComponent component, Record owner) {
    try {
      Object value = component.getAccessor().invoke(owner);
      if (!component.getName().equals("axes") || !(value instanceof Integer mask)) {
        return value instanceof Double number ? number(number).text() : String.valueOf(value);
      }
      List<String> axes = new ArrayList<>();
      for (int k = 0; k < 32; k++) {
        if ((mask >> k & 1) == 1) {
          axes.add(Integer.toString(k));
        }
      }
      return "{" + String.join(", ", axes) + "}";
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
