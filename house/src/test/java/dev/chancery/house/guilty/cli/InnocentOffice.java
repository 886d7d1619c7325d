// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.cli;

import dev.chancery.house.guilty.keys.file.FileKeys;

/// The local office may hold keys and start programs.
record InnocentOffice(FileKeys keys, ProcessBuilder program) {}
