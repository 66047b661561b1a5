/** What core's tests share: virtual time, a scripted API server, small objects and readers that remember. */
@NullMarked
package dev.kubechurn.core.testing;

import org.jspecify.annotations.NullMarked;
