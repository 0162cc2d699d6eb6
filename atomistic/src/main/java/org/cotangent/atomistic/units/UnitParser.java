package org.cotangent.atomistic.units;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates one unit expression with a stack of operators and one of values. */
final class UnitParser {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern ZERO = Pattern.compile("[+-]?[0.]+([eE].*)?");
  private static final String SYMBOLS = "*/^()";

  private final String expression;
  private final Deque<Unit> values = new ArrayDeque<>();
  private final Deque<Character> operators = new ArrayDeque<>();

  UnitParser(String expression) {
    this.expression = expression;
  }

  Unit parse() {
    String text = withoutSpace();
    if (text.isEmpty()) {
      return Unit.ONE;
    }
    boolean valueExpected = true;
    int at = 0;
    while (at < text.length()) {
      char symbol = text.charAt(at);
      if (SYMBOLS.indexOf(symbol) < 0) {
        int end = at;
        while (end < text.length() && SYMBOLS.indexOf(text.charAt(end)) < 0) {
          end++;
        }
        String name = text.substring(at, end);
        if (!valueExpected) {
          throw error("has no operator before '" + name + "'");
        }
        values.push(value(name));
        valueExpected = false;
        at = end;
        continue;
      }
      at++;
      if (symbol == '(') {
        if (!valueExpected) {
          throw error("has no operator before a '('");
        }
        operators.push('(');
        continue;
      }
      if (symbol == ')' && !operators.contains('(')) {
        throw error("has a ')' without its '('");
      }
      if (valueExpected) {
        throw error("has no value before '" + symbol + "'");
      }
      applyDownTo(symbol);
      if (symbol == ')') {
        operators.pop();
      } else {
        operators.push(symbol);
        valueExpected = true;
      }
    }
    if (valueExpected) {
      throw error("ends where a value is expected");
    }
    applyDownTo(null);
    if (!operators.isEmpty()) {
      throw error("has a '(' without its ')'");
    }
    return values.pop();
  }

  /** Returns the expression without ASCII white space, which means nothing; other spaces stay. */
  private String withoutSpace() {
    StringBuilder text = new StringBuilder();
    for (char c : expression.toCharArray()) {
      if (c != ' ' && (c < '\t' || c > '\r')) {
        text.append(c);
      }
    }
    return text.toString();
  }

  private Unit value(String name) {
    Unit unit = BaseUnits.find(name);
    if (unit != null) {
      return unit;
    }
    if (NUMBER.matcher(name).matches()) {
      Unit number = checked(new Unit(Double.parseDouble(name), Dimension.NONE), name);
      if (Math.abs(number.factor()) < Double.MIN_NORMAL && !ZERO.matcher(name).matches()) {
        throw error("contains the number " + name + ", which is too small");
      }
      return number;
    }
    throw error("contains '" + name + "', which is no known unit and no number");
  }

  /**
   * Applies the operators on the stack that come before {@code next}: those that bind as tightly or
   * tighter, or all of the parenthesis or expression that ends here (null).
   */
  private void applyDownTo(@Nullable Character next) {
    while (!operators.isEmpty() && operators.peek() != '(') {
      if (next != null && next != ')' && binding(operators.peek()) < binding(next)) {
        return;
      }
      apply(operators.pop());
    }
  }

  private static int binding(char operator) {
    return operator == '^' ? 2 : 1;
  }

  private void apply(char operator) {
    Unit right = values.pop();
    Unit left = values.pop();
    if (operator == '^' && !right.dimension().matches(Dimension.NONE)) {
      throw error("has an exponent with the dimension " + right.dimension());
    }
    Unit result =
        switch (operator) {
          case '*' -> left.times(right);
          case '/' -> left.dividedBy(right);
          default -> left.power(right.factor());
        };
    values.push(checked(result, String.valueOf(operator)));
  }

  private Unit checked(Unit unit, String where) {
    if (!Double.isFinite(unit.factor())) {
      throw error("is too large or not a number: '" + where + "' gives " + unit.factor());
    }
    return unit;
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException("the unit '" + expression + "' " + what);
  }
}
