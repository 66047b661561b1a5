/** Kubechurn's reports. */
@NullMarked
package dev.kubechurn.reports;

import org.jspecify.annotations.NullMarked;
