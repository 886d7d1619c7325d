// SPDX-License-Identifier: Apache-2.0
/// One.
///
/// Two.
///
/// Three.
/// Four.
/// Five.
package dev.chancery.json;
