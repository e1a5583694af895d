package dev.plumbline.definition;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of problems. Programs and people refer to them by {@link #code}, so a code that was
 * published is never given to another kind.
 */
public enum ProblemCode {
  /** A file of definitions does not end in {@code .yaml}, so it would be passed over. */
  WRONG_FILE_NAME,
  /** A file or folder is a symbolic link, which may lead out of the project or back into it. */
  SYMBOLIC_LINK,
  /** A file, or all files together, are larger than people write them. */
  FILE_TOO_LARGE,
  /** There are more files than are read. */
  TOO_MANY_FILES,
  /** There are more documents than are read, in one file or in all. */
  TOO_MANY_DOCUMENTS,
  /** A file has more than the one document that it may have. */
  SEVERAL_DOCUMENTS,
  /** A document holds more values than are read. */
  DOCUMENT_TOO_LARGE,
  /** Lists and mappings stand in each other deeper than any definition needs. */
  NESTED_TOO_DEEPLY,
  /** A single value is longer than any that a person writes. */
  VALUE_TOO_LONG,
  /** A file is not text in UTF-8. */
  NOT_UTF8,
  /** A character that is not seen, or makes others be seen in another order. */
  BAD_CHARACTER,
  /** A document is not YAML. */
  NOT_YAML,
  /** An anchor or an alias of YAML. */
  YAML_ALIAS,
  /** A tag or a directive of YAML. */
  YAML_TAG,
  /** A merge key of YAML. */
  YAML_MERGE,
  /** No key says what a document declares, or one that nobody knows. */
  UNKNOWN_KIND,
  /** A key that nobody knows here. */
  UNKNOWN_KEY,
  /** A value with a comma in it was torn apart, since it is not quoted. */
  TORN_VALUE,
  /** A key is written twice in one mapping. */
  KEY_TWICE,
  /** A key that must be there is not. */
  MISSING_KEY,
  /** Two keys stand beside each other, of which one alone may be there. */
  EITHER_OR,
  /** A single value, a list or a mapping stands where another of these three is expected. */
  WRONG_SHAPE,
  /** A list has no element, and needs one. */
  EMPTY_LIST,
  /** A list has an element twice. */
  LISTED_TWICE,
  /** Two definitions, features, keys, columns or request values have one name. */
  DECLARED_TWICE,
  /** A name that is not made of small letters, digits and single underscores, or too long. */
  BAD_NAME,
  /** A name that something else has, so that references to both would look the same. */
  NAME_TAKEN,
  /** A text is not a duration, or not one that is possible here. */
  BAD_DURATION,
  /** A text is not a number, or not one that is possible here. */
  BAD_NUMBER,
  /** A text is neither {@code true} nor {@code false}. */
  BAD_BOOLEAN,
  /** A text is not an instant. */
  BAD_INSTANT,
  /** A text is not a time zone. */
  BAD_ZONE,
  /** A text is not the address of something that can be spoken to. */
  BAD_ADDRESS,
  /** A password stands in a file that is shared. */
  SHARED_PASSWORD,
  /** A value is not of the type of its feature. */
  BAD_VALUE,
  /** A word is none of those that are possible here. */
  UNKNOWN_WORD,
  /** A type that does not exist. */
  UNKNOWN_TYPE,
  /** A type that keys cannot have. */
  BAD_KEY_TYPE,
  /** A key that has no meaning beside another one. */
  NO_MEANING,
  /** No entity of this name is declared. */
  UNKNOWN_ENTITY,
  /** No source of this name is declared. */
  UNKNOWN_SOURCE,
  /** No column of this name is declared. */
  UNKNOWN_COLUMN,
  /** The data of a source has no column of this name. */
  MISSING_COLUMN,
  /** What lies where a source says is not what it declares. */
  SOURCE_MISMATCH,
  /** No role of this name is there. */
  UNKNOWN_ROLE,
  /** No feature of this name is there. */
  UNKNOWN_FEATURE,
  /** No feature service of this name is declared. */
  UNKNOWN_SERVICE,
  /** A view has no such version. */
  UNKNOWN_VERSION,
  /** A text is not a reference to a feature. */
  BAD_REFERENCE,
  /** A reference does not say which version it means. */
  NOT_PINNED,
  /** A service in use pins a version that is retired. */
  RETIRED_VERSION,
  /** An input of an on-demand view is an on-demand feature. */
  NOT_STORED,
  /** A service lacks a role that one of its on-demand views reads. */
  MISSING_ROLE,
  /** A role is one entity here, and another one where it is read. */
  ROLE_MISMATCH,
  /** Labels lack a value that callers send. */
  MISSING_REQUEST_VALUE,
  /** Two things that must have one type have two. */
  TYPE_MISMATCH,
  /** Some features of a view have a window and others have none. */
  MIXED_WINDOWS,
  /** Values would be too old before the next refresh is served. */
  MAX_AGE_TOO_SHORT,
  /** A run would never read rows of such an age. */
  FRESHNESS_TOO_LONG,
  /** An expectation does not have one rule. */
  NOT_ONE_RULE,
  /** There is no bound, or the lower one is above the upper one. */
  BAD_BOUNDS,
  /** Values of this type are in no order, so that they have no range. */
  NO_ORDER,
  /** A share is not from 0 to 1, or shares do not add up to 1. */
  BAD_SHARE,
  /** A dataset cannot be split in this way. */
  BAD_SPLIT,
  /** An expression or a query is not SQL. */
  EXPRESSION_SYNTAX,
  /** A function that does not exist, or that no expression may call. */
  UNKNOWN_FUNCTION,
  /** A query reads something else than the rows of its source. */
  UNKNOWN_TABLE,
  /** An expression or a query depends on something else than its inputs. */
  NOT_ALLOWED,
  /** Types in an expression do not fit together, or its own is not one that is possible here. */
  BAD_EXPRESSION_TYPE,
  /** The expression of a windowed feature is not one aggregate call. */
  BAD_AGGREGATE,
  /** An expression is too long, too deep or too large. */
  EXPRESSION_TOO_LARGE,
  /** Spark refuses an expression for another reason. */
  BAD_EXPRESSION;

  /** The code as it is shown: {@code unknown-key}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A complaint of this kind that says what is wrong, and no more. */
  public Complaint found(String found) {
    return new Complaint(this, found, Optional.empty(), Optional.empty());
  }

  /** A complaint with the arguments that its format takes. */
  @FormatMethod
  public Complaint found(String format, Object... arguments) {
    return found(format.formatted(arguments));
  }
}
