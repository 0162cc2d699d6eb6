package org.cotangent.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a launch promises: the right device, every work item once, or a refusal. */
class KernelLauncherTest {
  private OpenClDevice device;

  @BeforeEach
  void needsADevice() {
    assumeTrue(
        OpenClDevices.preferred().isPresent(), () -> "no OpenCL: " + OpenClDevices.absence());
    device = OpenClDevices.preferred().get();
  }

  static final class Squares extends VerifiedKernel {
    float[] squares = new float[1024];

    @Override
    public void run() {
      int i = getGlobalId();
      if (i < items) {
        squares[i] = i * i;
        countStep(i);
      }
    }
  }

  static final class SkipsOne extends VerifiedKernel {
    @Override
    public void run() {
      int i = getGlobalId();
      if (i < items && i != 17) {
        countStep(i);
      }
    }
  }

  static final class UsesSwitch extends VerifiedKernel {
    int[] chosen = new int[64];

    @Override
    public void run() {
      int i = getGlobalId();
      switch (chosen[i]) {
        case 1 -> chosen[i] = 5;
        default -> chosen[i] = 6;
      }
      countStep(i);
    }
  }

  static final class Ones extends VerifiedKernel {
    float[] values;

    Ones(int length) {
      values = new float[length]; // OpenCL has no buffers of size 0, so 0 makes a launch fail
    }

    @Override
    public void run() {
      values[getGlobalId()] = 1f;
      countStep(getGlobalId());
    }
  }

  @Test
  void aRangeIsPaddedToWholeGroups() {
    Squares kernel = new Squares();
    KernelLauncher launcher = new KernelLauncher(device, kernel);
    DeviceReport report = launcher.launch(997);
    kernel.get(kernel.squares);
    assertEquals(1024, report.workItems());
    assertEquals(996f * 996f, kernel.squares[996]);
    assertEquals(0f, kernel.squares[997]);
  }

  @Test
  void aResultOutlivesCollectionsBeforeItIsFetched() {
    Squares kernel = new Squares();
    KernelLauncher launcher = new KernelLauncher(device, kernel);
    float[] expected = new float[1000];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = i * i;
    }
    for (int repeat = 0; repeat < 5; repeat++) {
      launcher.launch(1000);
      System.gc(); // moves the Java array
      kernel.get(kernel.squares);
      assertArrayEquals(expected, Arrays.copyOf(kernel.squares, 1000));
    }
  }

  @Test
  void aWorkItemThatDidNotRunIsFound() {
    KernelLauncher launcher = new KernelLauncher(device, new SkipsOne());
    String message =
        assertThrows(IllegalStateException.class, () -> launcher.launch(100)).getMessage();
    assertTrue(message.contains("work item 17 of 100 counted 0 steps"), message);
  }

  @Test
  void aKernelThatOpenClCannotExpressIsRefusedWithItsName() {
    String message =
        assertThrows(
                IllegalStateException.class, () -> new KernelLauncher(device, new UsesSwitch()))
            .getMessage();
    assertTrue(message.contains("cannot compile UsesSwitch"), message);
  }

  @Test
  void aLaunchThatFailsIsRefusedInsteadOfGoingOnInJava() {
    KernelLauncher launcher = new KernelLauncher(device, new Ones(0));
    String message =
        assertThrows(IllegalStateException.class, () -> launcher.launch(64)).getMessage();
    assertTrue(message.contains("failed to run Ones for 64 items"), message);
    assertTrue(message.contains("Aparapi could not run the kernel on the device"), message);
  }

  @Test
  void aFailureOfOneInstanceLeavesOthersOfItsClassAlone() {
    KernelLauncher healthy = new KernelLauncher(device, new Ones(64));
    healthy.launch(64);
    KernelLauncher failing = new KernelLauncher(device, new Ones(0));
    assertThrows(IllegalStateException.class, () -> failing.launch(64));
    assertEquals("OpenCL", healthy.launch(64).backend());
  }

  @Test
  void instancesStayOnTheirDevices() {
    List<KernelLauncher> launchers = new ArrayList<>();
    for (OpenClDevice each : OpenClDevices.list()) {
      launchers.add(new KernelLauncher(each, new Squares()));
    }
    for (int repeat = 0; repeat < 3; repeat++) {
      for (int i = 0; i < launchers.size(); i++) {
        assertEquals(OpenClDevices.list().get(i).name(), launchers.get(i).launch(100).device());
      }
    }
  }
}
