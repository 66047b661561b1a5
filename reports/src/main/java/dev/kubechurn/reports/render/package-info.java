/** Results as people and programs read them: tables for a terminal, and JSON. */
@NullMarked
package dev.kubechurn.reports.render;

import org.jspecify.annotations.NullMarked;
