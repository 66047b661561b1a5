@NullMarked
package dev.kubechurn.reports.text;

import org.jspecify.annotations.NullMarked;
