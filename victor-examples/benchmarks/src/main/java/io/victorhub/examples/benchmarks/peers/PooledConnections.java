package io.victorhub.examples.benchmarks.peers;

import java.sql.Connection;
import java.sql.SQLException;
import org.quartz.utils.ConnectionProvider;

/** Lends Quartz the pool that all peers have alike. */
final class PooledConnections implements ConnectionProvider {

    private final Database database;

    PooledConnections(Database database) {
        this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return database.pool().getConnection();
    }

    @Override
    public void initialize() {}

    @Override
    public void shutdown() {} // whoever opened the pool closes it
}
