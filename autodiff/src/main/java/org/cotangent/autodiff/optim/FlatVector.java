package org.cotangent.autodiff.optim;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.autodiff.nn.Parameters;

/**
 * A tree of parameters as one vector in double precision, and the few operations on such vectors.
 */
final class FlatVector {
  private FlatVector() {}

  /** Returns all numbers of a tree, tensor after tensor. */
  static double[] of(Parameters tree) {
    double[] flat = new double[Math.toIntExact(tree.count())];
    int at = 0;
    for (Tensor tensor : tree.tensors()) {
      if (tensor.dtype() == DType.FLOAT64) {
        System.arraycopy(TensorData.doubles(tensor), 0, flat, at, tensor.size());
      } else {
        float[] values = TensorData.floats(tensor);
        for (int i = 0; i < values.length; i++) {
          flat[at + i] = values[i];
        }
      }
      at += tensor.size();
    }
    return flat;
  }

  /** Returns {@code tree + factor·direction}, each sum rounded to the type of its parameter. */
  static Parameters move(Parameters tree, double factor, double[] direction) {
    List<Tensor> moved = new ArrayList<>(tree.size());
    int at = 0;
    for (Tensor tensor : tree.tensors()) {
      Object out = tensor.dtype().newArray(tensor.size());
      if (out instanceof double[] a) {
        double[] from = TensorData.doubles(tensor);
        for (int i = 0; i < a.length; i++) {
          a[i] = from[i] + factor * direction[at + i];
        }
      } else if (out instanceof float[] a) {
        float[] from = TensorData.floats(tensor);
        for (int i = 0; i < a.length; i++) {
          a[i] = (float) (from[i] + factor * direction[at + i]);
        }
      }
      moved.add(TensorData.wrap(tensor.dtype(), tensor.shape(), out));
      at += tensor.size();
    }
    return tree.withTensors(moved);
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** Returns Σ|x|. */
  static double absoluteSum(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += Math.abs(value);
    }
    return sum;
  }

  /** Adds {@code factor·x} to {@code y}. */
  static void addTo(double[] y, double factor, double[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] += factor * x[i];
    }
  }

  /** Returns {@code factor·x}. */
  static double[] scaled(double factor, double[] x) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = factor * x[i];
    }
    return out;
  }

  static double[] difference(double[] x, double[] y) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] - y[i];
    }
    return out;
  }
}
