// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.request;

/// One attempt at a request: whoever holds it may answer the request, until another attempt begins.
public record Claim(RequestKey request, long attempt) {}
