package org.cotangent.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;

/**
 * A call that was under way when the recorder looked.
 *
 * @param type full name of the class
 * @param method its name
 * @param makesArray whether it was just making an array
 */
record StepFrame(String type, String method, boolean makesArray) {
  private static final Set<Opcode> ARRAYS =
      EnumSet.of(Opcode.NEWARRAY, Opcode.ANEWARRAY, Opcode.MULTIANEWARRAY);

  /** Java's own way to make an array of a type that is known at run time only. */
  private static final String REFLECTIVE = "java.lang.reflect.Array";

  /** Returns the name of the class in whose file it stands: lambdas and nested classes have one. */
  String outermostType() {
    int end = type.indexOf('$');
    return end < 0 ? type : type.substring(0, end);
  }

  /** Returns class and method without the package. */
  String shortName() {
    String outermost = outermostType();
    return outermost.substring(outermost.lastIndexOf('.') + 1) + "." + method;
  }

  /** Makes frames; which instructions make arrays is read from the classes' bytes. */
  static final class Reader {
    private final Map<String, Map<String, Set<Integer>>> classes = new HashMap<>();

    StepFrame read(RecordedFrame frame) {
      RecordedMethod method = frame.getMethod();
      String type = method.getType().getName();
      Set<Integer> places =
          classes
              .computeIfAbsent(type, Reader::methods)
              .getOrDefault(method.getName() + method.getDescriptor(), Set.of());
      boolean makesArray = type.equals(REFLECTIVE) || places.contains(frame.getBytecodeIndex());
      return new StepFrame(type, method.getName(), makesArray);
    }

    /** By name and descriptor, where arrays are made. */
    static Map<String, Set<Integer>> methods(String type) {
      Map<String, Set<Integer>> all = new HashMap<>();
      try (InputStream in =
          ClassLoader.getSystemResourceAsStream(type.replace('.', '/') + ".class")) {
        if (in == null) {
          return all; // a class that was made at run time
        }
        for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
          String name = method.methodName().stringValue() + method.methodType().stringValue();
          method.code().ifPresent(code -> all.put(name, places(code)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return all;
    }

    private static Set<Integer> places(Iterable<CodeElement> code) {
      Set<Integer> found = new HashSet<>();
      int at = 0;
      for (CodeElement element : code) {
        if (element instanceof Instruction instruction) {
          if (ARRAYS.contains(instruction.opcode())) {
            found.add(at);
          }
          at += instruction.sizeInBytes();
        }
      }
      return found;
    }
  }
}
