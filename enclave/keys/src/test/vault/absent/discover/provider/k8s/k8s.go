// SPDX-License-Identifier: Apache-2.0

// Package k8s finds no servers in Kubernetes.
package k8s

type Provider struct{}
