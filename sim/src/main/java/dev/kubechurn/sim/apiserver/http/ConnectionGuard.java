package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.engine.WallClock;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Closes connections on which nobody asks for anything, be it that they are kept for later, or that a head never comes to its
 * end. One with a request under way stays, however long a watch has nothing to tell. Only on the event loop.
 */
final class ConnectionGuard {

    /** As a kube-apiserver has it, by and large. */
    static final Duration LONGEST_IDLE = Duration.ofSeconds(90);

    private final Map<HttpConnection, State> connections = new LinkedHashMap<>();

    private static final class State {

        private int underWay;
        private long idleSince;

        State(long now) {
            idleSince = now;
        }
    }

    void opened(HttpConnection connection) {
        connections.put(connection, new State(WallClock.monotonicNanos()));
        connection.closeHandler(closed -> connections.remove(connection));
    }

    void began(HttpConnection connection) {
        State state = connections.get(connection);
        if (state != null) {
            state.underWay++;
        }
    }

    void ended(HttpConnection connection) {
        State state = connections.get(connection);
        if (state != null) {
            state.underWay--;
            state.idleSince = WallClock.monotonicNanos();
        }
    }

    /** Closes those that have been idle for longer; returns how many. */
    int closeIdle(Duration longest) {
        long now = WallClock.monotonicNanos();
        List<HttpConnection> idle = new ArrayList<>();
        connections.forEach((connection, state) -> {
            if (state.underWay == 0 && now - state.idleSince > longest.toNanos()) {
                idle.add(connection);
            }
        });
        idle.forEach(HttpConnection::close);
        return idle.size();
    }

    void closeAll() {
        List.copyOf(connections.keySet()).forEach(HttpConnection::close);
    }
}
