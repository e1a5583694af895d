package dev.plumbline.expression;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an expression means, whoever wrote it and however.
 *
 * @param text the same for expressions that differ in nothing but white space, comments, letter
 *     case of names and keywords, redundant parentheses and spellings of one function; another for
 *     any two that can give different values
 * @param references inputs that it reads, in the order of the alphabet
 */
public record Canonical(String text, Set<String> references) {
  public Canonical {
    references = Collections.unmodifiableSet(new TreeSet<>(references));
  }
}
