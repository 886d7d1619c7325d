// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

/// On what a test runs.
public enum Database {
    SQLITE,
    POSTGRES
}
