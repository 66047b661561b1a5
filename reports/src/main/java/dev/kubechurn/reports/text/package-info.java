/** Text that fits a terminal: paragraphs, columns and colours. */
@NullMarked
package dev.kubechurn.reports.text;

import org.jspecify.annotations.NullMarked;
