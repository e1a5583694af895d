import sys, grpc
from google.protobuf.json_format import MessageToDict
from plumbline.serving.v1 import serving_pb2 as pb, serving_pb2_grpc
texts = lambda name, *values: pb.NamedColumn(name=name, column=pb.Column(strings=pb.Strings(values=values)))
request = pb.GetFeaturesRequest(feature_service="delay_model")
request.entities.add(role="origin", keys=[texts("code", "ATL")])
request.entities.add(role="destination", keys=[texts("code", "ORD")])
request.entities.add(role="route", keys=[texts("origin", "ATL"), texts("destination", "ORD")])
request.request_values.add(name="minutes_to_departure", column=pb.Column(ints=pb.Ints(values=[90])))
reply = serving_pb2_grpc.FeatureServingStub(grpc.insecure_channel(sys.argv[1])).GetFeatures(request, timeout=1)
for feature in reply.features:
    print(feature.name, MessageToDict(feature.column), pb.Status.Name(feature.statuses[0]))
