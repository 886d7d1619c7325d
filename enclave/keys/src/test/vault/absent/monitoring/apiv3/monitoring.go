// SPDX-License-Identifier: Apache-2.0

// Package monitoring reports nothing to a cloud.
package monitoring

import (
	"context"
	"errors"

	"google.golang.org/api/option"
)

type MetricClient struct{}

func NewMetricClient(context.Context, ...option.ClientOption) (*MetricClient, error) {
	return nil, errors.New("absent from vault-judge")
}
