package org.cotangent.atomistic.training;

/** Options of trainings that are over in a moment. */
final class SmallTraining {
  private int epochs = 4;
  private int batchSize = 4;
  private int maxAtoms = 0;
  private double rate = 0.01;
  private RateSchedule schedule = RateSchedule.cosine(4);
  private double clipNorm = 0;
  private double clipFactor = 3;
  private ForceLoss loss = ForceLoss.of(ForceLoss.Type.NORM);
  private ModelMetric metric = ModelMetric.FORCE_MAE;
  private int earlyStop = 0;
  private ForceGradients gradients = ForceGradients.CHOSEN;
  private double memoryShare = 0.4;
  private double checkpointSeconds = 1e6;

  SmallTraining epochs(int value) {
    epochs = value;
    return this;
  }

  SmallTraining batches(int systems, int atoms) {
    batchSize = systems;
    maxAtoms = atoms;
    return this;
  }

  SmallTraining rate(double value) {
    rate = value;
    return this;
  }

  SmallTraining schedule(RateSchedule value) {
    schedule = value;
    return this;
  }

  SmallTraining clipping(double norm, double factor) {
    clipNorm = norm;
    clipFactor = factor;
    return this;
  }

  SmallTraining loss(ForceLoss value) {
    loss = value;
    return this;
  }

  SmallTraining metric(ModelMetric value) {
    metric = value;
    return this;
  }

  SmallTraining earlyStop(int value) {
    earlyStop = value;
    return this;
  }

  SmallTraining gradients(ForceGradients value) {
    gradients = value;
    return this;
  }

  SmallTraining memoryShare(double value) {
    memoryShare = value;
    return this;
  }

  SmallTraining checkpointSeconds(double value) {
    checkpointSeconds = value;
    return this;
  }

  TrainingOptions.Training build() {
    return new TrainingOptions.Training(
        epochs,
        batchSize,
        maxAtoms,
        rate,
        schedule,
        1e-3,
        clipNorm,
        clipFactor,
        0.9,
        loss,
        metric,
        earlyStop,
        gradients,
        memoryShare,
        checkpointSeconds);
  }
}
