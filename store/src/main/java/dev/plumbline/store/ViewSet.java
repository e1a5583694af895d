package dev.plumbline.store;

import java.util.List;

/** Views that are read together, with all that a read has to know of them. Thread-safe. */
public final class ViewSet {
  private final List<StoredView> views;
  private final ByteRuns markerKeys = new ByteRuns();

  private ViewSet(List<StoredView> views) {
    this.views = views;
    for (StoredView view : views) {
      byte[] key = view.keys().marker();
      markerKeys.append(key, 0, key.length);
      markerKeys.close();
    }
  }

  public static ViewSet of(List<OnlineView> views) {
    return new ViewSet(views.stream().map(StoredView::of).toList());
  }

  /** How many they are. */
  public int size() {
    return markerKeys.runs();
  }

  /** Where a feature's slot begins, after the first one's: {@link ReadBatch#columns}. */
  public int slot(int view, int feature) {
    return views.get(view).codec().slot(feature);
  }

  StoredView view(int at) {
    return views.get(at);
  }

  /** One for each view. */
  ByteRuns markerKeys() {
    return markerKeys;
  }
}
