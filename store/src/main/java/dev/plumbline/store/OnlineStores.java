package dev.plumbline.store;

import java.io.Serializable;

/**
 * Opens one online store wherever work is sent, in this process or in another; whoever opens it
 * closes it. Its text names no secret.
 */
@FunctionalInterface
public interface OnlineStores extends Serializable {
  /**
   * The store, connected.
   *
   * @throws StoreUnavailableException if it does not answer
   */
  OnlineStore open();
}
