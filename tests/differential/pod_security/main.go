// The evaluator of the Pod Security Standards that Kubernetes itself uses, as a process: one pod a line in, what it forbids a line out.
package main

import (
	"bufio"
	"encoding/json"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

type question struct {
	Level   string     `json:"level"`
	Version string     `json:"version"`
	Pod     corev1.Pod `json:"pod"`
}

type answer struct {
	Forbidden []string `json:"forbidden"`
	Error     string   `json:"error,omitempty"`
}

func main() {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for lines.Scan() {
		if err := encoder.Encode(ask(evaluator, lines.Bytes())); err != nil {
			panic(err)
		}
	}
	if err := lines.Err(); err != nil {
		panic(err)
	}
}

func ask(evaluator policy.Evaluator, line []byte) answer {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Error: err.Error()}
	}
	version, err := api.ParseVersion(asked.Version)
	if err != nil {
		return answer{Error: err.Error()}
	}
	level := api.LevelVersion{Level: api.Level(asked.Level), Version: version}
	found := answer{Forbidden: []string{}}
	for _, result := range evaluator.EvaluatePod(level, &asked.Pod.ObjectMeta, &asked.Pod.Spec) {
		if !result.Allowed {
			found.Forbidden = append(found.Forbidden, result.ForbiddenReason)
		}
	}
	return found
}
