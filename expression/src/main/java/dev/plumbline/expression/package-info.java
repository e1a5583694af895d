/**
 * Spark SQL expressions without a Spark session: parsed, checked and compiled by Catalyst, the same
 * code in a training job and in the server.
 */
@NullMarked
package dev.plumbline.expression;

import org.jspecify.annotations.NullMarked;
