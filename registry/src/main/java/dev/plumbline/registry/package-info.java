/**
 * The metadata database: applied revisions, the ledger of runs, datasets; and the locks of views.
 */
@NullMarked
package dev.plumbline.registry;

import org.jspecify.annotations.NullMarked;
