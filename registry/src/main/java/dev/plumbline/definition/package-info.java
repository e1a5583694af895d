/**
 * What people declare: entities, sources, feature views, on-demand views, services, datasets; as
 * values.
 */
@NullMarked
package dev.plumbline.definition;

import org.jspecify.annotations.NullMarked;
