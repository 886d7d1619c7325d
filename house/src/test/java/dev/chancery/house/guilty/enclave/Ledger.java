// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.enclave;

import com.sun.net.httpserver.HttpServer;
import dev.chancery.house.guilty.keys.file.FileKeys;
import java.net.http.HttpClient;
import java.sql.Connection;

/// An enclave that keeps its records in SQL and speaks HTTP.
record Ledger(Connection sql, HttpClient client, HttpServer server, FileKeys innocent) {}
