import org.cotangent.autodiff.Tensor;

void main() {
  Tensor x = Tensor.of(0.5).variable();
  Tensor y = x.sin().multiply(x).add(1);
  show(y, "");
}

/** A recorded tensor is its own tape entry: the operation that made it, and its operands. */
void show(Tensor tensor, String indent) {
  String label = tensor.primitive().map(made -> made.label()).orElse("constant");
  IO.println(indent + label + " = " + Math.rint(tensor.item() * 1e6) / 1e6);
  for (Tensor operand : tensor.operands()) {
    show(operand, indent + "  ");
  }
}
