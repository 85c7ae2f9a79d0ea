package shard_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/shard"
)

func TestAPartIsANumberOfSoMany(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]shard.Part{"1/1": {1, 1}, "2/4": {2, 4}, "1000/1000": {1000, 1000}} {
		got, err := shard.Parse(text)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	for text, says := range map[string]string{
		"": "such as 2/4", "2": "such as 2/4", "0/4": "from 1 to 1000", "5/4": "there is no part 5 of 4", "1/0": "from 1 to 1000", "-1/4": "from 1 to 1000",
		"+1/4": "from 1 to 1000", "01/4": "from 1 to 1000", "1/4/2": "from 1 to 1000", "1/1001": "from 1 to 1000", "1/99999999999999999999": "from 1 to 1000", " 1/4": "from 1 to 1000",
	} {
		_, err := shard.Parse(text)
		assert.ErrorContains(t, err, says, text)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"1/1", "2/4", "0/0", "9/3", "1/2/3", "1/", "/1", "٣/٤"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		part, err := shard.Parse(text)
		if err != nil {
			return
		}
		assert.Equal(t, text, part.String(), "what is read is written the same")
		assert.GreaterOrEqual(t, part.Index, 1)
		assert.LessOrEqual(t, part.Index, part.Of)
	})
}

func TestTheLongestComesFirstToThePartWithTheLeast(t *testing.T) {
	t.Parallel()
	of := func(name string, steps int, took time.Duration) shard.Scenario {
		return shard.Scenario{Name: name, Steps: steps, Took: took}
	}
	for _, tt := range []struct {
		name  string
		all   []shard.Scenario
		parts int
		want  [][]string
		loads []int64
	}{
		{"by durations", []shard.Scenario{of("a", 1, time.Second), of("b", 1, 3*time.Second), of("c", 1, 2*time.Second)}, 2, [][]string{{"b"}, {"a", "c"}}, []int64{3000, 3000}},
		{"by steps where no duration is known", []shard.Scenario{of("a", 9, 0), of("b", 4, 0), of("c", 5, 0)}, 2, [][]string{{"a"}, {"b", "c"}}, []int64{9, 9}},
		{"one that is new by its steps", []shard.Scenario{of("a", 2, 4*time.Second), of("new", 3, 0), of("b", 1, 2*time.Second)}, 2, [][]string{{"new"}, {"a", "b"}}, []int64{6000, 6000}},
		{"equals by their names", []shard.Scenario{of("c", 1, 0), of("a", 1, 0), of("b", 1, 0)}, 3, [][]string{{"a"}, {"b"}, {"c"}}, []int64{1, 1, 1}},
		{"one part is all", []shard.Scenario{of("b", 1, 0), of("a", 0, 0)}, 1, [][]string{{"b", "a"}}, []int64{2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := shard.Split(tt.all, tt.parts)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got.Parts)
			assert.Equal(t, tt.loads, got.Loads)
		})
	}
	_, err := shard.Split([]shard.Scenario{of("a", 1, 0)}, 2)
	assert.ErrorContains(t, err, "1 scenarios cannot be split into 2 parts: use at most 1")
}

func TestEachScenarioIsInOnePartAndNoPartIsEmpty(t *testing.T) {
	t.Parallel()
	var all []shard.Scenario
	var names []string
	for i := range 47 {
		name := fmt.Sprintf("s%02d", i)
		all = append(all, shard.Scenario{Name: name, Steps: i * 7 % 13, Took: time.Duration(i*i*31%997) * time.Millisecond})
		names = append(names, name)
	}
	digests := map[string]bool{}
	for parts := 1; parts <= len(all); parts++ {
		got, err := shard.Split(all, parts)
		require.NoError(t, err)
		again, err := shard.Split(slices.Clone(all), parts)
		require.NoError(t, err)
		assert.Equal(t, got, again, "every machine comes to the same")
		digests[got.Digest] = true
		var in []string
		for _, part := range got.Parts {
			assert.NotEmpty(t, part)
			in = append(in, part...)
		}
		assert.ElementsMatch(t, names, in)
	}
	assert.Len(t, digests, len(all), "another split has another digest")
}
