/**
 * Random histories of one view: its source, its runs, its pushes, its readers and what goes wrong.
 * Any {@link dev.plumbline.timeline.history.HeadStore} can stand for the online store.
 */
@NullMarked
package dev.plumbline.timeline.history;

import org.jspecify.annotations.NullMarked;
