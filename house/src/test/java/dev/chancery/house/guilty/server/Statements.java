// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.server;

import java.sql.Connection;

/// A front door that speaks SQL.
record Statements(Connection connection) {}
