# What a developer does by hand. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help build check fast long faults ci format demo cluster image up down clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

build: ## compile and package, without running tests
	mvn -B -q -T 2 -DskipTests package

check: ## format, lint, unit and integration tests
	mvn -B verify

fast: ## unit tests only, no Redis, no containers
	mvn -B test

long: ## integration tests that take too long for every build
	mvn -B -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dgroups=long -Dexcluded.tests=none verify

faults: ## kill plumb at 40 instants, run it again, compare; half an hour
	mvn -B -pl cli -am -Dtest=none -Dit.test=KilledFromOutsideIT,KilledPruneIT -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dfaults.points=40 verify

ci: ## what must hold before a change lands: tests, demo, containers
	bash .ci/run

format: ## put the sources into their format
	mvn -B -q spotless:apply

demo: ## the whole journey on the bundled flights
	./plumb demo

cluster: ## the jar for spark-submit, tested on a Spark cluster of this machine; SPARK=DIR: of that installation
	mvn -B -q -Pcluster -pl cluster -am -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dit.test=ClusterIT -Dfailsafe.failIfNoSpecifiedTests=false -Dcluster.spark=$(SPARK) verify

image: ## the server's image, for docker-compose
	rm -rf online/target/image
	mvn -B -q -T 2 -DskipTests -Pimage -pl online -am package
	docker-compose build server

up: image ## Redis, the server and Prometheus in containers
	docker-compose up -d

down: ## stop the containers; their Redis keeps its data
	docker-compose down

clean: ## remove what builds and demos have left
	mvn -B -q clean
	[ ! -f .plumb/redis/redis.pid ] || kill "$$(cat .plumb/redis/redis.pid)" || true
	rm -rf .plumb
