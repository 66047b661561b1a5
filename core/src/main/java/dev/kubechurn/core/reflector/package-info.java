/** List and watch of one object as an event-driven state machine (rules R). */
@NullMarked
package dev.kubechurn.core.reflector;

import org.jspecify.annotations.NullMarked;
