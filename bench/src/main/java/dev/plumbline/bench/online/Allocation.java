package dev.plumbline.bench.online;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What another virtual machine of this user has allocated, asked of its own management: so it needs
 * no hook for it. Threads that have ended do not count; servers under load keep theirs.
 */
final class Allocation implements AutoCloseable {
  private final JMXConnector connector;
  private final ThreadMXBean threads;

  private Allocation(JMXConnector connector, ThreadMXBean threads) {
    this.connector = connector;
    this.threads = threads;
  }

  /**
   * Attached to a process.
   *
   * @throws UnavailableException if it lets nobody attach
   */
  @SuppressWarnings("BanJNDI") // the address comes from a process of this machine's user
  static Allocation of(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      String address;
      try {
        address = machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
      JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
      return new Allocation(
          connector,
          ManagementFactory.newPlatformMXBeanProxy(
              connector.getMBeanServerConnection(),
              ManagementFactory.THREAD_MXBEAN_NAME,
              ThreadMXBean.class));
    } catch (IOException | AttachNotSupportedException e) {
      throw new UnavailableException(
          "process %d cannot be asked what it allocates: %s; start Java without -XX:+DisableAttachMechanism"
              .formatted(pid, e.getMessage()),
          e);
    }
  }

  long bytes() {
    return bytes(threads);
  }

  /** Of this virtual machine. */
  static long bytesOfThis() {
    return bytes((ThreadMXBean) ManagementFactory.getThreadMXBean());
  }

  private static long bytes(ThreadMXBean threads) {
    // -1 for a thread that has just ended
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
