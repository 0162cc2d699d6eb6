package org.cotangent.gpu;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The four functions of the system's OpenCL library that list platforms and devices (OpenCL 3.0
 * specification, sections 4.1 and 4.2).
 *
 * <p>Aparapi lists devices too, but its native code prints a line to the error stream for every
 * OpenCL 3 platform, fails in a static initialiser where the library is missing, and hides which
 * extensions a device has. Asking the library itself answers all three.
 */
// The restricted methods of java.lang.foreign are the one way to ask a native library without one
// of
// our own; every signature below is that of the OpenCL specification.
@SuppressWarnings("restricted")
final class OpenClLibrary {
  private static final String[] NAMES = {
    "libOpenCL.so.1",
    "libOpenCL.so",
    "OpenCL.dll",
    "/System/Library/Frameworks/OpenCL.framework/OpenCL"
  };
  private static final int SUCCESS = 0;
  private static final int DEVICE_NOT_FOUND = -1;
  private static final int PLATFORM_NOT_FOUND = -1001;
  private static final long ALL_TYPES = 0xFFFFFFFFL;

  private static final int PLATFORM_VERSION = 0x0901;
  private static final int PLATFORM_NAME = 0x0902;
  private static final int PLATFORM_VENDOR = 0x0903;
  private static final int DEVICE_TYPE = 0x1000;
  private static final int MAX_COMPUTE_UNITS = 0x1002;
  private static final int MAX_WORK_GROUP_SIZE = 0x1004;
  private static final int MAX_WORK_ITEM_SIZES = 0x1005;
  private static final int MAX_MEM_ALLOC_SIZE = 0x1010;
  private static final int GLOBAL_MEM_SIZE = 0x101F;
  private static final int LOCAL_MEM_SIZE = 0x1023;
  private static final int DEVICE_NAME = 0x102B;
  private static final int DRIVER_VERSION = 0x102D;
  private static final int DEVICE_EXTENSIONS = 0x1030;

  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private final MethodHandle platformIds;
  private final MethodHandle platformInfo;
  private final MethodHandle deviceIds;
  private final MethodHandle deviceInfo;

  private OpenClLibrary(SymbolLookup library) {
    FunctionDescriptor info = FunctionDescriptor.of(INT, POINTER, INT, LONG, POINTER, POINTER);
    platformIds =
        function(library, "clGetPlatformIDs", FunctionDescriptor.of(INT, INT, POINTER, POINTER));
    platformInfo = function(library, "clGetPlatformInfo", info);
    deviceIds =
        function(
            library,
            "clGetDeviceIDs",
            FunctionDescriptor.of(INT, POINTER, LONG, INT, POINTER, POINTER));
    deviceInfo = function(library, "clGetDeviceInfo", info);
  }

  /** Returns the system's OpenCL library, or nothing if there is none. */
  static Optional<OpenClLibrary> open() {
    for (String name : NAMES) {
      try {
        return Optional.of(new OpenClLibrary(SymbolLookup.libraryLookup(name, Arena.global())));
      } catch (IllegalArgumentException absent) {
        // not under this name; the next one may be this system's
      }
    }
    return Optional.empty();
  }

  private static MethodHandle function(
      SymbolLookup library, String name, FunctionDescriptor signature) {
    MemorySegment address =
        library.find(name).orElseThrow(() -> new IllegalArgumentException("no function " + name));
    return Linker.nativeLinker().downcallHandle(address, signature);
  }

  /**
   * Returns all devices of all platforms.
   *
   * @throws IllegalStateException if the library answers with an error
   */
  List<OpenClDevice> devices() {
    List<OpenClDevice> devices = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      for (MemorySegment handle : platforms(arena)) {
        OpenClDevice.Platform platform =
            new OpenClDevice.Platform(
                handle.address(),
                text(arena, platformInfo, handle, PLATFORM_NAME),
                text(arena, platformInfo, handle, PLATFORM_VENDOR),
                text(arena, platformInfo, handle, PLATFORM_VERSION));
        for (MemorySegment device : devicesOf(arena, handle)) {
          devices.add(new OpenClDevice(platform, answers(arena, device)));
        }
      }
    }
    return devices;
  }

  private List<MemorySegment> platforms(Arena arena) {
    MemorySegment count = arena.allocate(INT);
    int status = call(platformIds, 0, MemorySegment.NULL, count);
    if (status == PLATFORM_NOT_FOUND) {
      return List.of();
    }
    check(status, "clGetPlatformIDs");
    MemorySegment handles = arena.allocate(POINTER, count.get(INT, 0));
    check(call(platformIds, count.get(INT, 0), handles, MemorySegment.NULL), "clGetPlatformIDs");
    return pointers(handles, count.get(INT, 0));
  }

  private List<MemorySegment> devicesOf(Arena arena, MemorySegment platform) {
    MemorySegment count = arena.allocate(INT);
    int status = call(deviceIds, platform, ALL_TYPES, 0, MemorySegment.NULL, count);
    if (status == DEVICE_NOT_FOUND) {
      return List.of();
    }
    check(status, "clGetDeviceIDs");
    int found = count.get(INT, 0);
    MemorySegment handles = arena.allocate(POINTER, found);
    check(
        call(deviceIds, platform, ALL_TYPES, found, handles, MemorySegment.NULL), "clGetDeviceIDs");
    return pointers(handles, found);
  }

  private OpenClDevice.Answers answers(Arena arena, MemorySegment device) {
    MemorySegment sizes = info(arena, deviceInfo, device, MAX_WORK_ITEM_SIZES);
    return new OpenClDevice.Answers(
        device.address(),
        text(arena, deviceInfo, device, DEVICE_NAME),
        text(arena, deviceInfo, device, DRIVER_VERSION),
        text(arena, deviceInfo, device, DEVICE_EXTENSIONS),
        info(arena, deviceInfo, device, DEVICE_TYPE).get(LONG, 0),
        info(arena, deviceInfo, device, MAX_COMPUTE_UNITS).get(INT, 0),
        info(arena, deviceInfo, device, MAX_WORK_GROUP_SIZE).get(LONG, 0),
        sizes.toArray(LONG),
        info(arena, deviceInfo, device, GLOBAL_MEM_SIZE).get(LONG, 0),
        info(arena, deviceInfo, device, MAX_MEM_ALLOC_SIZE).get(LONG, 0),
        info(arena, deviceInfo, device, LOCAL_MEM_SIZE).get(LONG, 0));
  }

  private static List<MemorySegment> pointers(MemorySegment handles, int count) {
    List<MemorySegment> pointers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pointers.add(handles.getAtIndex(POINTER, i));
    }
    return pointers;
  }

  private static String text(Arena arena, MethodHandle query, MemorySegment of, int what) {
    byte[] bytes = info(arena, query, of, what).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  private static MemorySegment info(Arena arena, MethodHandle query, MemorySegment of, int what) {
    String name = "the query 0x" + Integer.toHexString(what);
    MemorySegment size = arena.allocate(LONG);
    check(call(query, of, what, 0L, MemorySegment.NULL, size), name);
    long bytes = size.get(LONG, 0);
    MemorySegment answer = arena.allocate(bytes, 8);
    check(call(query, of, what, bytes, answer, MemorySegment.NULL), name);
    return answer;
  }

  private static int call(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(arguments);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException("a call into the OpenCL library failed", failure);
    }
  }

  private static void check(int status, String what) {
    if (status != SUCCESS) {
      throw new IllegalStateException(
          "the OpenCL library answered "
              + what
              + " with error "
              + status
              + "; check the driver's installation with clinfo");
    }
  }
}
