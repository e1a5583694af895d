package dev.plumbline.definition.yaml;

import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;

/** What a {@code dataset} document may say. */
final class DatasetKeys {
  static final Key NAME =
      NameKeys.of(Kind.DATASET, "Labels joined with what a service would have answered.");
  static final Key SERVICE =
      Key.required("service", Form.NAME, "delay_model", "The service whose features it has.");
  static final Key SOURCE =
      Key.required("source", Form.NAME, "flight_labels", "The source of the labels.");
  static final Key TIME =
      Key.required(
          "time",
          Form.NAME,
          "asked_at",
          "Its column, a timestamp: when the model would have asked.");
  static final Key COLUMNS =
      Key.required(
          "columns",
          Form.listOf(Form.NAME),
          "[late]",
          "Its columns to keep; every request value of the service is among them.");
  static final Key KEYS =
      Key.required(
          "keys",
          new Form.MapOf(Form.NAME, new Form.MapOf(Form.NAME, Form.NAME)),
          "{airport: {code: origin}}",
          "For every role of the service, from each key of its entity to the column that holds it.");
  static final Keys LABELS = Keys.of("labels", SOURCE, TIME, COLUMNS, KEYS);
  static final Key WHERE_LABELS_ARE =
      Key.required(
          "labels",
          new Form.Mapping(LABELS),
          "{source: flight_labels, time: asked_at, columns: [late], keys: {}}",
          "What the model is trained to say, and when it would have been asked.");
  static final Key BY =
      Key.required("by", Form.NAME, "time", "time; or a role, or a label column that holds a key.");
  static final Key TRAIN = Key.optional("train", Form.SHARE, "The share to train on.");
  static final Key VALIDATION =
      Key.optional("validation", Form.SHARE, "The share to validate with.");
  static final Key TEST = Key.optional("test", Form.SHARE, "The share to test with.");
  static final Key SEED =
      Key.optional("seed", Form.whole(0), "Of the hash that splits by a key; 0 unless set.");
  static final Keys SHARES = Keys.of("split", BY, TRAIN, VALIDATION, TEST, SEED);
  static final Key SPLIT =
      Key.optional(
          "split", new Form.Mapping(SHARES), "How rows are split; the shares add up to 1.");
  static final Keys ALL =
      Keys.of(
          "dataset",
          NAME,
          SERVICE,
          WHERE_LABELS_ARE,
          SPLIT,
          AboutKeys.OWNER,
          AboutKeys.DESCRIPTION,
          AboutKeys.TAGS);

  private DatasetKeys() {}
}
