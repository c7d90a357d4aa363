package tripod.identity.key;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Work that waits for processors that nobody else wants.
 *
 * <p>Java's own thread priorities do nothing on Linux. There each thread has a nice value of its
 * own; elsewhere the same call would change the whole process, and is not made.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/setpriority.2.html">setpriority(2): Linux
 *     threads</a>
 */
final class Background {
  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;
  private static final int NICEST = 19;

  private Background() {}

  /**
   * Lets the calling platform thread give way to all others, for good.
   *
   * @return whether the system did so
   */
  @SuppressWarnings("restricted") // the launcher lets this code call into the system
  static boolean giveWay() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return false;
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> function = linker.defaultLookup().find("setpriority");
    if (function.isEmpty()) {
      return false;
    }
    MethodHandle call =
        linker.downcallHandle(
            function.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    try {
      return (int) call.invokeExact(PRIO_PROCESS, CALLING_THREAD, NICEST) == 0;
    } catch (Throwable impossible) {
      throw new IllegalStateException("a call of three integers", impossible);
    }
  }
}
