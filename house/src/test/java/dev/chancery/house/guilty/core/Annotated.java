// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.core;

import com.fasterxml.jackson.core.JsonFactory;
import dev.chancery.house.guilty.raw.RawFrame;

/// A word of the office that knows how it is written down, and whom else it meets.
record Annotated(JsonFactory factory, RawFrame frame, String innocent) {}
