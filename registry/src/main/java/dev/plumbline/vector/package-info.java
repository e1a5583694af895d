/**
 * From a feature service to a feature vector: which views are read for which role, and how their
 * answers, defaults and on-demand features become cells. The training join and the server both
 * assemble vectors here.
 */
@NullMarked
package dev.plumbline.vector;

import org.jspecify.annotations.NullMarked;
