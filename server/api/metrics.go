package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tallywire/claims"
)

// metrics are what /metrics tells.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	api      *API

	claims  *prometheus.Desc
	sources *prometheus.Desc
	passed  *prometheus.Desc
}

func newMetrics(a *API) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(), api: a,
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tallywire_http_requests_total", Help: "Requests answered."}, []string{"route", "status"}),
		seconds:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "tallywire_http_request_seconds", Help: "Time to answer.", Buckets: []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 5}}, []string{"route"}),
		claims:   prometheus.NewDesc("tallywire_claims", "Claims on the board.", []string{"status"}, nil),
		sources:  prometheus.NewDesc("tallywire_source_up", "1 where the source's last pass went well.", []string{"source"}, nil),
		passed:   prometheus.NewDesc("tallywire_source_last_pass_timestamp_seconds", "When the source's last pass began.", []string{"source"}, nil),
	}
	m.registry.MustRegister(m.requests, m.seconds, m, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "tallywire_info", Help: "1; the version is the label.", ConstLabels: prometheus.Labels{"version": a.Version}}, func() float64 { return 1 }))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// Describe implements prometheus.Collector.
func (m *metrics) Describe(out chan<- *prometheus.Desc) {
	out <- m.claims
	out <- m.sources
	out <- m.passed
}

// Collect implements prometheus.Collector.
func (m *metrics) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second) // the library gives none
	defer cancel()
	for _, s := range []claims.Status{claims.Verified, claims.Disputed, claims.Unverified} {
		if picked, err := m.api.Board.Pick(ctx, claims.Filter{Status: s}, "", 1); err == nil {
			out <- prometheus.MustNewConstMetric(m.claims, prometheus.GaugeValue, float64(picked.Total), string(s))
		}
	}
	if m.api.Sources == nil {
		return
	}
	list, err := m.api.Sources(ctx)
	if err != nil {
		return
	}
	for _, s := range list {
		if s.Now.LastPass.IsZero() {
			continue
		}
		up := 0.0
		if s.Now.State == "ok" {
			up = 1
		}
		out <- prometheus.MustNewConstMetric(m.sources, prometheus.GaugeValue, up, string(s.ID))
		out <- prometheus.MustNewConstMetric(m.passed, prometheus.GaugeValue, float64(s.Now.LastPass.Unix()), string(s.ID))
	}
}

// count counts answers by route; addresses that are none share one name, so that nobody can fill the memory with them.
func (m *metrics) count(routes *http.ServeMux, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := m.api.Now()
		_, route := routes.Handler(r)
		if _, path, ok := strings.Cut(route, " "); ok {
			route = path
		}
		if route == "" {
			route = "none"
		}
		seen := &watched{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(seen, r)
		m.requests.WithLabelValues(route, strconv.Itoa(seen.status)).Inc()
		m.seconds.WithLabelValues(route).Observe(m.api.Now().Sub(began).Seconds())
	})
}

// watched remembers the status of an answer.
type watched struct {
	http.ResponseWriter
	status int
}

func (w *watched) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
