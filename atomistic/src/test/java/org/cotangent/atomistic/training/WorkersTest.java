package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void resultsComeInOrderAgainAndAgain(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int round = 0; round < 3000; round++) {
        int shift = round;
        List<Integer> all = numbers(round % 7);
        assertEquals(all.stream().map(k -> k + shift).toList(), workers.map(all, k -> k + shift));
      }
    }
  }

  @Test
  void threadsThatSleepAreWoken() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      for (int round = 0; round < 20; round++) {
        TimeUnit.MILLISECONDS.sleep(2);
        CountDownLatch both = new CountDownLatch(2);
        workers.map(numbers(2), k -> meet(both));
      }
    }
  }

  private static boolean meet(CountDownLatch others) {
    others.countDown();
    return await(others);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS) || fail();
    } catch (InterruptedException e) {
      return fail();
    }
  }

  private static boolean fail() {
    throw new IllegalStateException("the other thread did not come");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theFirstFailureIsThrownAndTheNextListIsWorkedOn(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int round = 0; round < 200; round++) {
        Exception failure =
            assertThrows(
                IllegalArgumentException.class,
                () -> workers.map(numbers(20), WorkersTest::refuseFromSeven));
        assertEquals("7", failure.getMessage());
        assertEquals(numbers(4), workers.map(numbers(4), k -> k));
      }
    }
  }

  private static int refuseFromSeven(int k) {
    if (k >= 7) {
      throw new IllegalArgumentException("" + k);
    }
    return k;
  }

  @Test
  void anInterruptedCallerStopsWaiting() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    Thread caller = Thread.currentThread();
    try (Workers workers = new Workers(2)) {
      IllegalStateException stop =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.map(
                      numbers(2),
                      k -> {
                        meet(both); // so that each of the two has one
                        if (Thread.currentThread() == caller) {
                          caller.interrupt();
                          return true;
                        }
                        return await(never);
                      }));
      assertInstanceOf(InterruptedException.class, stop.getCause());
      assertTrue(Thread.interrupted());
    } finally {
      never.countDown();
    }
  }

  @Test
  void theCallerIsOneOfTheThreads() {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(1)) {
      workers.map(numbers(5), k -> seen.add(Thread.currentThread()));
    }
    assertEquals(Set.of(Thread.currentThread()), seen);
  }
}
